namespace Podium.Pages.Tests.Dashboard;

/// <summary>How the charts of a job are drawn is chosen for all of them, and kept.</summary>
public sealed class ChartChoicesTests : PageTest
{
    [Fact]
    public async Task Choices_EachChangesThePictureAndIsKept()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await chart.ToShowAsync("train", 100);
        var plain = await chart.PictureAsync();

        await page.GetByLabel("Log axis").CheckAsync();
        var logarithmic = await chart.ToLookOtherThanAsync(plain);
        await page.GetByLabel("Smoothing").FocusAsync();
        await page.Keyboard.PressAsync("End");
        var smoothed = await chart.ToLookOtherThanAsync(logarithmic);
        await page.GetByLabel("Epochs").CheckAsync();
        var byEpoch = await chart.ToLookOtherThanAsync(smoothed);

        await page.ReloadAsync();

        await Expect(page.GetByLabel("Log axis")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Epochs")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Smoothing")).ToHaveValueAsync("100");
        await chart.ToBeDrawnAsync();
        await chart.ToLookLikeAsync(byEpoch);
    }

    [Fact]
    public async Task Choices_TakenBack_GiveThePictureBack()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await chart.ToShowAsync("train", 100);
        var plain = await chart.PictureAsync();

        foreach (var (on, off) in ((string, string)[])[("Log axis", "Log axis"), ("Epochs", "Steps")])
        {
            await page.GetByLabel(on).ClickAsync();
            await chart.ToLookOtherThanAsync(plain);
            await page.GetByLabel(off).ClickAsync();
            await chart.ToLookLikeAsync(plain);
        }
    }

    [Fact]
    public async Task Choices_OneMadeOnThePageOfAllMetrics_HoldsOnTheDashboard()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}/metrics");
        await page.GetByLabel("Log axis").CheckAsync();

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Of this job" }).GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();

        await page.LossChart().ToBeDrawnAsync();
        await Expect(page.GetByLabel("Log axis")).ToBeCheckedAsync();
    }
}
