using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Configuration;
using Podium.Server.Tests.Material;
using Podium.Server.Tests.MLflow;

namespace Podium.Server.Tests.Configuration;

/// <summary>A limit holds whichever way something comes, and whoever meets it is told of which field, what the limit is, and where it is set.</summary>
public sealed class LimitsOnEveryWayTests
{
    private const string Metrics = "/api/training/local/metrics";

    [Fact]
    public async Task Body_IsLimitedAsJsonAndByTheLineOfAStream()
    {
        await using var server = await StartAsync(limits => limits with { BodyBytes = 2000 });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        var long1 = $$"""{"job_id": "a", "step": 1, "loss": {{new string('1', 3000)}}}""";
        await RefusedAsync(await server.PostTextAsync(Metrics, $$"""{"job_id": "a", "metrics": [{{long1}}]}"""), HttpStatusCode.RequestEntityTooLarge, "body", "2000", "limits.body_bytes");
        await RefusedAsync(await server.PostTextAsync("/api/training/local/jobs", $$"""{"job_name": "{{new string('a', 3000)}}"}"""), HttpStatusCode.RequestEntityTooLarge, "body", "2000", "limits.body_bytes");
        await RefusedAsync(await server.PostTextAsync("/api/training/local/import", $$"""{"path": "{{new string('a', 3000)}}"}"""), HttpStatusCode.RequestEntityTooLarge, "body", "2000", "limits.body_bytes");
        await RefusedAsync(await server.PostTextAsync(Metrics, long1 + "\n", "application/x-ndjson"), HttpStatusCode.BadRequest, "Line 1", "2000", "limits.body_bytes");
        // A stream itself has no end that was known before.
        var lines = string.Concat(Enumerable.Range(1, 200).Select(step => $"{{\"job_id\": \"a\", \"step\": {step}, \"loss\": 1.5}}\n"));
        (await server.PostTextAsync(Metrics, lines, "application/x-ndjson")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Batch_OfTooManyEntries_IsRefusedAndAStreamIsCutIntoBatches()
    {
        await using var server = await StartAsync(limits => limits with { BatchEntries = 3 });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        var entries = Enumerable.Range(1, 10).Select(step => $"{{\"step\": {step}, \"loss\": 1.5}}").ToArray();
        await RefusedAsync(await server.PostTextAsync(Metrics, $$"""{"job_id": "a", "metrics": [{{string.Join(',', entries)}}]}"""), HttpStatusCode.BadRequest, "metrics", "3 entries", "limits.batch_entries");
        var streamed = await server.PostTextAsync($"{Metrics}?job_id=a", string.Join('\n', entries), "application/x-ndjson");
        (await streamed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("count").GetInt32().ShouldBe(10);
        // MLflow's clients cut their batches by its own limit, which stands.
        var client = MLflowClient.Of(server);
        var metrics = Enumerable.Range(0, 1001).Select(step => MLflowClient.Metric("loss", 1.5, step)).ToArray();
        (await client.RefusedAsync("runs/log-batch", new { run_id = "a", metrics })).ShouldContain("at most 1000 metrics");
    }

    [Fact]
    public async Task Name_ThatIsTooLong_IsRefusedByEveryWay()
    {
        using var root = new TemporaryFolder();
        var name = new string('n', 41);
        WriteState(Path.Combine(root.Path, "run"), [name]);
        await using var server = await StartAsync(limits => limits with { NameLength = 40 }, root.Path);
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        await RefusedAsync(await server.PostAsync("/api/training/local/jobs", new { job_id = name }), HttpStatusCode.BadRequest, "job_id", "40", "limits.name_length");
        await RefusedAsync(await server.PatchAsync("/api/training/local/a/status", $$"""{"model_name": "{{name}}"}"""), HttpStatusCode.BadRequest, "model_name", "40", "limits.name_length");
        await RefusedAsync(await server.PostTextAsync(Metrics, $$"""{"job_id": "a", "metrics": [{"step": 1, "{{name}}": 1}]}"""), HttpStatusCode.BadRequest, "metrics[0].nnn", "40", "limits.name_length");
        await RefusedAsync(await server.PostTextAsync(Metrics, $$"""{"job_id": "a", "step": 1, "{{name}}": 1}""", "application/x-ndjson"), HttpStatusCode.BadRequest, "nnn", "40", "limits.name_length");
        await RefusedAsync(await server.PostAsync("/api/tokens", new { name, role = "viewer" }), HttpStatusCode.BadRequest, "name", "40", "limits.name_length");
        await RefusedAsync(await server.PostAsync("/api/training/local/import", new { path = "run" }), HttpStatusCode.BadRequest, "path", "nnn", "40", "limits.name_length");
        // MLflow's own rule is 250.
        (await MLflowClient.Of(server).RefusedAsync("runs/log-metric", new { run_id = "a", key = new string('n', 251), value = 1, timestamp = 1 })).ShouldContain("250");
    }

    [Fact]
    public async Task Job_OneTooMany_IsRefusedByEveryWay()
    {
        using var root = new TemporaryFolder();
        MadeRunFolder.Fill(Path.Combine(root.Path, "run"), 2);
        MadeRunFolder.Fill(Path.Combine(root.Path, "other"), 2);
        await using var server = await StartAsync(limits => limits with { Jobs = 2 }, root.Path);
        (await server.PostAsync("/api/training/local/import", new { path = "run", job_id = "a" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var client = new MLflowClient(await server.ClientOfJobAsync("mine"));

        await RefusedAsync(await server.PostAsync("/api/training/local/jobs", new { job_id = "b" }), HttpStatusCode.InsufficientStorage, "2 jobs", "limits.jobs");
        await RefusedAsync(await server.PostAsync("/api/training/local/import", new { path = "other" }), HttpStatusCode.InsufficientStorage, "2 jobs", "limits.jobs");
        (await MLflowClient.Of(server).RefusedAsync("runs/create", new { experiment_id = "0" }, "RESOURCE_LIMIT_EXCEEDED", HttpStatusCode.InsufficientStorage)).ShouldContain("limits.jobs");
        // What is there already is no new one: a folder that is imported again, and the own run of a job.
        (await server.PostAsync("/api/training/local/import", new { path = "run" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.RunAsync("training")).ShouldBe("mine");
        (await client.RefusedAsync("runs/create", new { experiment_id = "0" }, "RESOURCE_LIMIT_EXCEEDED", HttpStatusCode.InsufficientStorage)).ShouldContain("2 jobs");
        (await server.GetAsync("/api/training/local/jobs")).GetProperty("total").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Series_OneTooMany_IsRefusedByEveryWay()
    {
        using var root = new TemporaryFolder();
        WriteState(Path.Combine(root.Path, "run"), ["a", "b", "c", "d", "e"]);
        await using var server = await StartAsync(limits => limits with { SeriesPerJob = 4 }, root.Path);
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        (await server.PostTextAsync(Metrics, """{"job_id": "a", "metrics": [{"step": 1, "m1": 1, "m2": 1, "m3": 1, "m4": 1}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await RefusedAsync(await server.PostTextAsync(Metrics, """{"job_id": "a", "metrics": [{"step": 2, "m5": 1}]}"""), HttpStatusCode.BadRequest, "m5", "4", "limits.series_per_job");
        await RefusedAsync(await server.PostTextAsync(Metrics, """{"job_id": "a", "step": 2, "m5": 1}""", "application/x-ndjson"), HttpStatusCode.BadRequest, "m5", "4", "limits.series_per_job");
        (await MLflowClient.Of(server).RefusedAsync("runs/log-metric", new { run_id = "a", key = "m5", value = 1, timestamp = 1, step = 2 })).ShouldContain("limits.series_per_job");
        await RefusedAsync(await server.PostAsync("/api/training/local/import", new { path = "run" }), HttpStatusCode.BadRequest, "path", "4", "limits.series_per_job");
        (await server.GetAsync("/api/training/local/jobs")).GetProperty("total").GetInt64().ShouldBe(1);
        // A folder that is bound to a job is not taken in either, and the listing says why.
        (await server.PatchAsync("/api/training/local/a/status", """{"run_folder": "run"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var listing = await server.GetAsync("/api/training/checkpoints/a");
        listing.GetProperty("warnings").EnumerateArray().Single(note => note.GetProperty("code").GetString() == "too-many-metrics").GetProperty("message").GetString()!.ShouldContain("limits.series_per_job");
        (await server.GetAsync("/api/training/local/a/metrics")).GetProperty("keys").GetArrayLength().ShouldBe(4);
    }

    private static Task<RunningServer> StartAsync(Func<ServerLimits, ServerLimits> change, params string[] runs) =>
        RunningServer.StartAsync(options => options with { Limits = change(options.Limits), Runs = runs });

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, params string[] words)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(status, text);
        var error = JsonElement.Parse(text).GetProperty("error").GetString()!;
        foreach (var word in words) error.ShouldContain(word);
        answer.Dispose();
    }

    private static void WriteState(string folder, string[] metrics)
    {
        var checkpoint = Path.Combine(folder, "checkpoint-20");
        Directory.CreateDirectory(checkpoint);
        var log = string.Join(", ", metrics.Select(name => $"{{\"step\": 20, \"{name}\": 1.5}}"));
        File.WriteAllText(Path.Combine(checkpoint, "trainer_state.json"), $"{{\"global_step\": 20, \"log_history\": [{log}]}}");
    }
}
