using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Jobs;

/// <summary>How long a job has run and will still run.</summary>
public sealed class JobTimeTests
{
    [Fact]
    public async Task Status_OfAJobThatReports_SaysHowLongItRanAndWillRun()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server, new { job_id = "job", total_steps = 100 });
        await ReportAsync(server, (10, 0, null), (20, 100, null));

        var status = await StatusAsync(server);
        status.GetProperty("progress").GetDouble().ShouldBe(20);
        // 80 steps of 10 seconds.
        status.GetProperty("remaining_seconds").GetDouble().ShouldBe(800);
        status.GetProperty("elapsed_seconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        var job = await server.GetAsync("/v1/fine_tuning/jobs/job");
        job.GetProperty("estimated_finish").GetInt64().ShouldBe(status.GetProperty("updated_at").GetDateTimeOffset().ToUnixTimeSeconds() + 800);

        await server.PatchAsync("/api/training/local/job/status", """{"total_steps": 50}""");
        (await StatusAsync(server)).GetProperty("remaining_seconds").GetDouble().ShouldBe(300);
        await server.PatchAsync("/api/training/local/job/status", """{"status": "completed"}""");
        status = await StatusAsync(server);
        status.GetProperty("remaining_seconds").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("elapsed_seconds").GetDouble().ShouldBe((status.GetProperty("completed_at").GetDateTimeOffset() - status.GetProperty("started_at").GetDateTimeOffset()).TotalSeconds, 0.001);
    }

    [Fact]
    public async Task Status_OfAJobOfWhichEpochsAreTold_GoesByThem()
    {
        await using var server = await RunningServer.StartAsync();
        await MakeAsync(server, new { job_id = "job", total_epochs = 4 });
        await ReportAsync(server, (10, 0, 0.5), (20, 100, 1.0));

        var status = await StatusAsync(server);
        status.GetProperty("progress").GetDouble().ShouldBe(25);
        status.GetProperty("remaining_seconds").GetDouble().ShouldBe(600);
    }

    [Fact]
    public async Task Status_AfterARestart_GoesOnByWhatIsStored()
    {
        using var data = new TemporaryFolder();
        await using (var server = await RunningServer.StartAsync(options => options with { Data = data.Path }))
        {
            await MakeAsync(server, new { job_id = "job", total_steps = 100 });
            await ReportAsync(server, (10, 0, null));
        }

        await using var again = await RunningServer.StartAsync(options => options with { Data = data.Path });
        var began = (await StatusAsync(again)).GetProperty("started_at").GetDateTimeOffset();
        await again.PostAsync("/api/training/local/metrics", new { job_id = "job", metrics = new[] { new { step = 60, loss = 1.0, timestamp = began.AddSeconds(500) } } });
        (await StatusAsync(again)).GetProperty("remaining_seconds").GetDouble().ShouldBe(400, 0.01);
    }

    private static async Task MakeAsync(RunningServer server, object job) => (await server.PostAsync("/api/training/local/jobs", job)).EnsureSuccessStatusCode();

    private static async Task ReportAsync(RunningServer server, params (long Step, int Second, double? Epoch)[] entries)
    {
        var metrics = entries.Select(entry => new { step = entry.Step, epoch = entry.Epoch, loss = 1.0, timestamp = DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(entry.Second) });
        (await server.PostAsync("/api/training/local/metrics", new { job_id = "job", metrics })).EnsureSuccessStatusCode();
    }

    private static Task<JsonElement> StatusAsync(RunningServer server) => server.GetAsync("/api/training/local/job/status");
}
