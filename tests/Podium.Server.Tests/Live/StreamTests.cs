using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Podium.Reports;
using Podium.Server.Tests.Material;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Tests.Live;

public sealed class StreamTests
{
    private const string Path = "/api/training/local/a/stream";

    [Fact]
    public async Task Stream_WhileAJobReports_SendsStatusPointsAndTheNewBest()
    {
        await using var server = await RunningServer.StartAsync();
        var jobs = await JobAsync(server);
        using var events = await SentEvents.OpenAsync(server.Client, Path);
        events.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var (name, status) = await events.NextAsync();
        name.ShouldBe("status");
        status.GetProperty("status").GetString().ShouldBe("pending");

        await ReportAsync(jobs, (10, "loss", 2.0), (20, "loss", double.NaN), (20, "eval_loss", 1.9));
        await jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = "checkpoint-20", Step = 20, State = "complete" });

        Dictionary<string, JsonElement> came = new(StringComparer.Ordinal);
        List<string> points = [];
        JsonElement last;
        do
        {
            (name, last) = await events.NextAsync();
            came[name] = last;
            if (name == "points") points.Add(last.GetRawText());
        }
        while (name != "status" || !last.TryGetProperty("best_step", out _) || !came.ContainsKey("new_best"));

        points.ShouldContain("""{"run":1,"points":{"eval_loss":[[20,1.9]],"loss":[[10,2],[20,null]]}}""");
        came["new_best"].GetProperty("path").GetString().ShouldBe("checkpoint-20");
        came["checkpoint_saved"].GetProperty("step").GetInt64().ShouldBe(20);
        came["status_changed"].GetProperty("to").GetString().ShouldBe("running");
        // Only what changed.
        last.TryGetProperty("job_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Stream_CutAgainAndAgain_MissesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        await CutAndResumeAsync([server]);
    }

    [Fact]
    public async Task Stream_CutAndResumedAtAnotherServer_MissesNothing()
    {
        using var database = TestPostgres.Make();
        await using var first = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await using var second = await RunningServer.StartAsync(options => options with { Database = database.Connection });
        await CutAndResumeAsync([first, second]);
    }

    [Fact]
    public async Task Stream_UnknownJobOrId_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        await JobAsync(server);
        (await server.Client.GetAsync("/api/training/local/none/stream", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.GetAsync($"{Path}?last_event_id=x", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Stop_WithAnOpenStream_DoesNotWaitForIt()
    {
        var server = await RunningServer.StartAsync();
        await JobAsync(server);
        using var events = await SentEvents.OpenAsync(server.Client, Path);
        await events.NextAsync();
        await server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static async Task CutAndResumeAsync(RunningServer[] servers)
    {
        const int count = 400;
        var jobs = await JobAsync(servers[0]);
        var writing = Task.Run(async () =>
        {
            for (var step = 1; step <= count; step++)
            {
                await ReportAsync(servers[step % servers.Length].Services.GetRequiredService<PodiumStorage>().Jobs, (step, "loss", step), (step, "eval_loss", 2000 - step));
                if (step % 20 == 0) await jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = $"checkpoint-{step}", Step = step, State = "complete" });
                await Task.Delay(5);
            }
        });

        HashSet<long> steps = [];
        HashSet<long> saved = [];
        var random = new Random(1);
        // From the job's beginning.
        var lastId = "0";
        for (var turn = 0; steps.Count < count || saved.Count < count / 20; turn++)
        {
            using var events = await SentEvents.OpenAsync(servers[turn % servers.Length].Client, Path, lastId);
            for (var i = random.Next(1, 12); i > 0 && (steps.Count < count || saved.Count < count / 20); i--)
            {
                var (name, data) = await events.NextAsync();
                if (name == "checkpoint_saved") saved.Add(data.GetProperty("step").GetInt64()).ShouldBeTrue();
                if (name != "points" || !data.GetProperty("points").TryGetProperty("loss", out var loss)) continue;
                foreach (var point in loss.EnumerateArray()) steps.Add(point[0].GetInt64());
            }

            lastId = events.LastId ?? lastId;
        }

        await writing;
        steps.ShouldBe(Enumerable.Range(1, count).Select(step => (long)step), ignoreOrder: true);
    }

    private static async Task<JobStore> JobAsync(RunningServer server)
    {
        var jobs = server.Services.GetRequiredService<PodiumStorage>().Jobs;
        await jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        return jobs;
    }

    private static Task<bool> ReportAsync(JobStore jobs, params (long Step, string Key, double Value)[] points) =>
        jobs.ReportAsync(new JobReport("a", PointSource.Report, [.. points.Select(point => new JobReportEntry(point.Step, null, [new(point.Key, point.Value)]))]));
}
