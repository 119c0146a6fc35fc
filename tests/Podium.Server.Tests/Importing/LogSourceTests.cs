using System.Net;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Importing;

/// <summary>What a folder's other logs tell fills gaps only: they have fewer digits than what was reported.</summary>
public sealed class LogSourceTests
{
    [Fact]
    public async Task Import_LogBesideTheCheckpoints_DoesNotOutrankWhatWasReported()
    {
        using var root = new TemporaryFolder();
        var checkpoint = Path.Combine(root.Path, "run", "checkpoint-20");
        Directory.CreateDirectory(checkpoint);
        File.WriteAllText(Path.Combine(checkpoint, "trainer_state.json"), """{"global_step": 20, "max_steps": 40, "log_history": [{"loss": 2.0, "step": 10}, {"loss": 1.8, "step": 20}]}""");
        File.WriteAllText(Path.Combine(root.Path, "run", "trainer_log.jsonl"), """
            {"current_steps": 10, "total_steps": 40, "loss": 2.0, "eval_loss": 1.95}
            {"current_steps": 20, "total_steps": 40, "loss": 1.8, "eval_loss": 1.9}

            """);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        await server.PostTextAsync("/api/training/local/metrics", """{"job_id": "job", "metrics": [{"step": 10, "train_loss": 2.00004}, {"step": 20, "eval_loss": 1.90004}]}""");

        var first = await ImportAsync(server);
        var again = await ImportAsync(server);

        again.GetProperty("new_points").GetInt64().ShouldBe(0);
        first.GetProperty("runs").GetInt32().ShouldBe(1);
        var series = (await server.GetAsync("/api/training/local/job/metrics")).GetProperty("series");
        // The state file stands above the report, the report above the log, and the log fills the gap.
        Values(series, "loss").ShouldBe([2.0, 1.8]);
        Values(series, "eval_loss").ShouldBe([1.95, 1.90004]);
        (await server.GetAsync("/api/training/checkpoints/job")).GetProperty("checkpoints")[0].GetProperty("eval_loss").GetDouble().ShouldBe(1.90004);
    }

    private static double[] Values(JsonElement series, string key) => [.. series.GetProperty(key).GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];

    private static async Task<JsonElement> ImportAsync(RunningServer server)
    {
        var answer = await server.PostAsync("/api/training/local/import", new { path = "run", job_id = "job" });
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }
}
