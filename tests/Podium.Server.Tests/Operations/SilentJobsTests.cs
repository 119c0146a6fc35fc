using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Podium.Server.Operations;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Operations;

public sealed class SilentJobsTests
{
    [Fact]
    public async Task Job_SilentForFiveMinutes_IsWarnedOfOnceUntilItReportsAgain()
    {
        var time = new SetTime();
        await using var server = await StartAsync(time, failAfter: 0);
        await ReportAsync(server, step: 10);
        time.Now += TimeSpan.FromMinutes(4);
        await LookAsync(server);
        (await StatusAsync(server)).Warning.ShouldBeNull();

        time.Now += TimeSpan.FromMinutes(2);
        await LookAsync(server);
        await LookAsync(server);
        (await StatusAsync(server)).ShouldBe(("running", "Nothing was reported since 2026-01-01T00:00:00Z. The trainer may have ended, or cannot reach this server."));
        (await server.Storage.Events.ReadAsync("a", 0, 100, TestContext.Current.CancellationToken)).Count(happened => happened.Kind == "warning").ShouldBe(1);

        await ReportAsync(server, step: 20);
        (await StatusAsync(server)).ShouldBe(("running", null));
    }

    [Fact]
    public async Task Job_SilentForLongerThanIsSet_FailsAndRunsAgainWhenItReports()
    {
        var time = new SetTime();
        await using var server = await StartAsync(time, failAfter: 3600);
        await ReportAsync(server, step: 10);
        time.Now += TimeSpan.FromMinutes(6);
        await LookAsync(server);
        time.Now += TimeSpan.FromMinutes(50);
        await LookAsync(server);
        (await StatusAsync(server)).Status.ShouldBe("running");

        time.Now += TimeSpan.FromMinutes(5);
        await LookAsync(server);
        (await StatusAsync(server)).Status.ShouldBe("failed");
        (await server.GetAsync("/api/training/local/a/status")).GetProperty("error").GetString()!.ShouldContain("Nothing was reported");

        await ReportAsync(server, step: 20);
        (await StatusAsync(server)).ShouldBe(("running", null));
        (await server.GetAsync("/api/training/local/a/status")).GetProperty("completed_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task SeveralLooks_AtOnce_WarnOnce()
    {
        var time = new SetTime();
        await using var server = await StartAsync(time, failAfter: 0);
        await ReportAsync(server, step: 10);
        time.Now += TimeSpan.FromMinutes(6);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LookAsync(server)));

        (await server.Storage.Events.ReadAsync("a", 0, 100, TestContext.Current.CancellationToken)).Count(happened => happened.Kind == "warning").ShouldBe(1);
    }

    [Theory]
    [InlineData(0, "running", "warning")]
    [InlineData(3600, "failed", "status_changed")]
    public async Task TwoServers_OnOneDatabase_ActOnce(int failAfter, string status, string kind)
    {
        using var database = TestPostgres.Make();
        var time = new SetTime();
        await using var one = await StartAsync(time, failAfter, database.Connection);
        await using var other = await StartAsync(time, failAfter, database.Connection);
        await ReportAsync(one, step: 10);
        time.Now += failAfter == 0 ? TimeSpan.FromMinutes(6) : TimeSpan.FromHours(2);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => LookAsync(i % 2 == 0 ? one : other)));

        foreach (var server in (RunningServer[])[one, other])
        {
            (await StatusAsync(server)).Status.ShouldBe(status);
            (await server.Storage.Events.ReadAsync("a", 0, 100, TestContext.Current.CancellationToken))
                .Count(happened => happened.Kind == kind && happened.Actor == "podium-server").ShouldBe(1);
        }

        // Heard of at the other one, it runs again at both.
        await ReportAsync(other, step: 20);
        (await StatusAsync(one)).ShouldBe(("running", null));
    }

    private static Task<RunningServer> StartAsync(TimeProvider time, int failAfter, string? database = null) => RunningServer.StartAsync(
        options => options with { Database = database, Limits = options.Limits with { FailSilentAfterSeconds = failAfter } },
        builder => builder.Services.AddSingleton(time));

    private static async Task ReportAsync(RunningServer server, int step)
    {
        if (step == 10) (await server.PostAsync("/api/training/local/jobs", new { job_id = "a" })).EnsureSuccessStatusCode();
        (await server.PostTextAsync("/api/training/local/metrics", $$"""{"job_id": "a", "metrics": [{"step": {{step}}, "train_loss": 1.5}]}""")).EnsureSuccessStatusCode();
    }

    private static async Task<(string? Status, string? Warning)> StatusAsync(RunningServer server)
    {
        var status = await server.GetAsync("/api/training/local/a/status");
        return (status.GetProperty("status").GetString(), status.GetProperty("warning").GetString());
    }

    private static Task LookAsync(RunningServer server) =>
        server.Services.GetServices<IHostedService>().OfType<SilentJobs>().Single().LookAsync(TestContext.Current.CancellationToken);

    /// <summary>A clock that is set by hand; timers run as ever.</summary>
    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
