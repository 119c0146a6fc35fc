namespace Podium.Pages.Tests.Dashboard;

/// <summary>A chart whose points cannot be fetched.</summary>
public sealed class FailedSeriesTests : PageTest
{
    [Fact]
    public async Task Chart_WherePointsCannotBeRead_SaysWhyAndTriesAgain()
    {
        var page = await OpenAsync("/");
        ExpectFault(page, "^console: Failed to load resource.* 400 ");
        const string series = "**/api/training/local/*/metrics?*";
        await page.RouteAsync(series, route => route.FulfillAsync(new()
        {
            // One that does not pass by itself: else the chart would not wait for the button.
            Status = 400,
            ContentType = "application/problem+json",
            Body = """{"title":"Bad Request","status":400,"detail":"There are no such keys."}""",
        }));

        // Nor must the stream, whose coming tells the chart to try by itself.
        ExpectFault(page, "^console: Failed to load resource: net::ERR_FAILED");
        await page.RouteAsync("**/stream*", route => route.AbortAsync());
        await page.GotoAsync($"jobs/{SharedServer.Sentiment}");

        var alert = page.LossChart().GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("There are no such keys.");
        await Expect(page.LossChart().GetByText("No points yet.")).ToBeHiddenAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.UnrouteAsync(series);
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await page.LossChart().ToBeDrawnAsync();
        await Expect(alert).ToBeHiddenAsync();
    }
}
