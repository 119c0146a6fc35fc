namespace Podium.Pages.Tests.Dashboard;

/// <summary>HTML in what people and trainers name things is text. That no script ran is what every test asks.</summary>
public sealed class HostileNamesTests : PageTest
{
    [Fact]
    public async Task Dashboard_HtmlInNames_IsText()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Markup}");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{SharedServer.Hostile} job");
        await Expect(page).ToHaveTitleAsync($"{SharedServer.Hostile} job · Overview · Podium");
        await Expect(page.Locator(".job-line")).ToContainTextAsync($"{SharedServer.HostileScript} model");
        await Expect(page.Locator(".job-line")).ToContainTextAsync($"\"><b>{SharedServer.Hostile}");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync($"RuntimeError: {SharedServer.Hostile}");
        await page.LossChart().ToBeDrawnAsync();
        await Expect(page.Locator("main :is(img, b, script)")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Metrics_HtmlInAMetricsName_IsTextInItsChart()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Markup}/metrics");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "<b>odd</b>", Exact = true })).ToBeVisibleAsync();
        var chart = page.Chart("<b>odd</b>");
        await chart.ScrollIntoViewIfNeededAsync();
        await chart.ToBeDrawnAsync();
        await Expect(chart.GetByRole(AriaRole.Button, new() { Name = "<b>odd</b> 1.000" })).ToBeVisibleAsync();
        await Expect(chart.Summary()).ToContainTextAsync("<b>odd</b>: first 1.000 at step 10");
        await Expect(page.Locator("main :is(img, b, script)")).ToHaveCountAsync(0);
    }
}
