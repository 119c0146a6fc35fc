namespace Podium.Pages.Tests.Dashboard;

/// <summary>A chart whose points cannot be fetched.</summary>
public sealed class FailedSeriesTests : PageTest
{
    [Fact]
    public async Task Chart_WherePointsCannotBeRead_SaysWhyAndTriesAgain()
    {
        var page = await OpenAsync("/");
        ExpectFault(page, "^console: Failed to load resource.* 400 ");
        await page.RouteAsync("**/api/training/local/*/metrics?*", route => route.FulfillAsync(new()
        {
            // One that does not pass by itself: else the chart would not wait for the button.
            Status = 400,
            ContentType = "application/problem+json",
            Body = """{"title":"Bad Request","status":400,"detail":"There are no such keys."}""",
        }));

        // One that has ended: of one that goes on, the chart would be drawn anew by itself.
        await page.GotoAsync($"jobs/{SharedServer.Sentiment}");

        var alert = page.LossChart().GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("There are no such keys.");
        await Expect(page.LossChart().GetByText("No points yet.")).ToBeHiddenAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.UnrouteAllAsync();
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await page.LossChart().ToBeDrawnAsync();
        await Expect(alert).ToBeHiddenAsync();
    }
}
