namespace Podium.Pages.Tests.Dashboard;

/// <summary>A job whose training was resumed or forked: its runs stand side by side.</summary>
public sealed class ForkedJobTests : PageTest
{
    [Fact]
    public async Task Runs_OfARealFork_StandInTheTableAndInTheChart()
    {
        var job = SharedServer.RequireRealRun("gpt2-forked");
        var runs = (await (await SharedAsync()).Api.GetAsync($"/api/training/checkpoints/{job}?explain=true")).GetProperty("explanation").GetProperty("runs").EnumerateArray().ToArray();
        runs.Length.ShouldBeGreaterThan(1);
        var page = await OpenAsync($"/jobs/{job}");

        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Runs of this job" }).Last.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(runs.Length);
        for (var i = 0; i < runs.Length; i++)
        {
            await Expect(rows.Nth(i)).ToContainTextAsync(runs[i].Whole("run"));
            await Expect(rows.Nth(i)).ToContainTextAsync(runs[i].GetProperty("best_checkpoint").GetString()!);
            await Expect(rows.Nth(i)).ToContainTextAsync(runs[i].Loss("lowest_eval_loss"));
        }

        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await Expect(chart.Key($"run {runs[0].Whole("run")} · eval_loss")).ToBeVisibleAsync();
        await Expect(chart.Key($"run {runs[1].Whole("run")}")).ToContainTextAsync(".");
        await chart.ToShowAsync("1", 50);
        await chart.ToShowAsync("2", 50);
    }

    [Fact]
    public async Task Runs_ForkMeanwhile_ComesWithoutAReload()
    {
        var server = await LiveAsync();
        await Seeds.RunningAsync(server.Api, "live-fork");
        var page = await OpenAsync("/jobs/live-fork", server: server);
        await page.LossChart().ToBeDrawnAsync();
        await page.ToBeLiveAsync();
        await page.MarkAsync();
        await Expect(page.GetByText("Runs of this job")).ToHaveCountAsync(0);

        // The training goes on from step 100, and comes to other losses.
        await server.Api.ReportAsync("live-fork", new { step = 110, train_loss = 1.05 }, new { step = 120, train_loss = 1.01 });
        await server.Api.EvaluateAsync("live-fork", 150, 1.2);

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "forked from run 1" })).ToBeVisibleAsync();
        await Expect(page.LossChart().Key("run 2 · eval_loss")).ToContainTextAsync("1.200");
        await Expect(page.LossChart().Key("run 1")).ToContainTextAsync("1.500");
        await page.ShouldStillBeMarkedAsync();
    }
}
