using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>A job's page while its trainer reports.</summary>
public sealed class LiveDashboardTests : PageTest
{
    [Fact]
    public async Task Dashboard_PointsReportedMeanwhile_AreDrawnInTwoTabsWithoutAReload()
    {
        var server = await LiveAsync();
        await Seeds.RunningAsync(server.Api, "live-points");
        var page = await OpenAsync("/jobs/live-points", server: server);
        var tab = await OpenTabAsync(page, "/jobs/live-points");
        foreach (var each in (IPage[])[page, tab])
        {
            await each.LossChart().ToBeDrawnAsync();
            await each.ToBeLiveAsync();
            await each.MarkAsync();
        }

        await server.Api.ReportAsync("live-points", new { step = 240, epoch = 1.2, train_loss = 1.125 });

        foreach (var each in (IPage[])[page, tab])
        {
            // A tab that nobody looks at waits until somebody does.
            await each.BringToFrontAsync();
            await Expect(each.LossChart().Place()).ToHaveTextAsync(LastStep(240));
            await Expect(each.LossChart().Key("loss")).ToContainTextAsync("1.125");
            await Expect(each.GetByRole(AriaRole.Region, new() { Name = "Progress" })).ToContainTextAsync("60 %");
            await each.ShouldStillBeMarkedAsync();
        }
    }

    [Fact]
    public async Task Dashboard_NewBestMeanwhile_MovesTheStar()
    {
        var server = await LiveAsync();
        await Seeds.RunningAsync(server.Api, "live-best");
        var page = await OpenAsync("/jobs/live-best", server: server);
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await page.ToBeLiveAsync();
        await page.MarkAsync();
        await server.Api.EvaluateAsync("live-best", 250, 1.9);
        await Expect(chart.Place()).ToHaveTextAsync(LastStep(250));
        await Expect(chart.Summary()).ToContainTextAsync("5 checkpoints, the best at step 200.");
        var before = await chart.ToShowAsync("best");
        before.Right.ShouldBeLessThan(0.95);

        await server.Api.EvaluateAsync("live-best", 300, 0.9);

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Best checkpoint" }).GetByRole(AriaRole.Link, new() { Name = "checkpoint-300", Exact = true })).ToBeVisibleAsync();
        await Expect(chart.Summary()).ToContainTextAsync("6 checkpoints, the best at step 300.");
        await Eventually.ReadAsync(() => chart.StainAsync("best"), stain => stain.Count >= 20 && stain.Right > 0.99, "the star is not at the newest evaluation");
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Dashboard_FirstPointsMeanwhile_BringTheChart()
    {
        var server = await LiveAsync();
        await server.Api.CreateAsync(new { job_id = "live-first", total_steps = 100 });
        var page = await OpenAsync("/jobs/live-first", server: server);
        await page.ToBeLiveAsync();
        await page.MarkAsync();

        await server.Api.ReportAsync("live-first", new { step = 10, train_loss = 2.0 }, new { step = 20, train_loss = 1.5 });

        await page.LossChart().ToBeDrawnAsync();
        await Expect(page.LossChart().Key("loss")).ToContainTextAsync("1.500");
        await page.ShouldStillBeMarkedAsync();
    }

    [Fact]
    public async Task Dashboard_ZoomedIn_StaysSoWhilePointsCome()
    {
        var server = await LiveAsync();
        await Seeds.RunningAsync(server.Api, "live-zoomed");
        var page = await OpenAsync("/jobs/live-zoomed", server: server);
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await page.ToBeLiveAsync();
        await chart.DragAsync(0.2, 0.6);
        await Expect(chart.ShowAll()).ToBeVisibleAsync();
        await chart.Box().FocusAsync();

        await server.Api.EvaluateAsync("live-zoomed", 250, 1.0);

        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Best checkpoint" })).ToContainTextAsync("checkpoint-250");
        await Expect(chart.ShowAll()).ToBeVisibleAsync();
        await Expect(chart.Box()).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Dashboard_ServerKilledAndStartedAgain_SaysSoAndCatchesUp()
    {
        var server = await StartServerAsync();
        await Seeds.RunningAsync(server.Api, "one");
        var page = await OpenAsync("/jobs/one", server: server);
        ExpectFault(page, "^console: Failed to load resource: net::ERR_");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await page.ToBeLiveAsync();
        await page.MarkAsync();

        await server.KillAsync();
        await page.ToHaveLostTheServerAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Connection lost" })).ToBeVisibleAsync();
        await server.RestartAsync();
        await server.Api.ReportAsync("one", new { step = 230, train_loss = 1.15 });
        await server.Api.EvaluateAsync("one", 250, 1.0);

        await Expect(chart.Place()).ToHaveTextAsync(LastStep(250), new() { Timeout = 30_000 });
        await Expect(chart.Key("loss")).ToContainTextAsync("1.150");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Best checkpoint" })).ToContainTextAsync("checkpoint-250");
        await page.ToBeLiveAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Live" })).ToBeVisibleAsync();
        await page.ShouldStillBeMarkedAsync();
    }

    private static Regex LastStep(int step) => new($"^last step {step}(?: |$)", RegexOptions.None, TimeSpan.FromSeconds(1));
}
