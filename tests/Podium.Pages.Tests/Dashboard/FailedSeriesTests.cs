namespace Podium.Pages.Tests.Dashboard;

/// <summary>A chart whose points cannot be fetched.</summary>
public sealed class FailedSeriesTests : PageTest
{
    [Fact]
    public async Task Chart_WherePointsCannotBeRead_SaysWhyAndTriesAgain()
    {
        var page = await OpenAsync("/");
        ExpectFault(page, "^answer: 503 to GET .*/metrics");
        ExpectFault(page, "^console: Failed to load resource.* 503 ");
        await page.RouteAsync("**/api/training/local/*/metrics?*", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"title":"Service Unavailable","status":503,"detail":"The database does not answer."}""",
        }));

        await page.GotoAsync($"jobs/{SharedServer.Running}");

        var alert = page.LossChart().GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("The database does not answer.");
        await Expect(page.LossChart().GetByText("No points yet.")).ToBeHiddenAsync();
        await page.ShouldHaveNoSeriousAxeFindingsAsync();
        await page.UnrouteAllAsync();
        await alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await page.LossChart().ToBeDrawnAsync();
        await Expect(alert).ToBeHiddenAsync();
    }
}
