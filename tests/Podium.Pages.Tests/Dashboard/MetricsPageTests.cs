using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>The page of all metrics.</summary>
public sealed class MetricsPageTests : PageTest
{
    [Fact]
    public async Task Metrics_All_HaveAChartEach()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}/metrics");
        var keys = (await (await SharedAsync()).Api.GetAsync($"/api/training/local/{SharedServer.Running}/metrics")).GetProperty("keys").EnumerateArray().Select(key => key.GetString()!).ToArray();

        await Expect(page.Locator("loss-chart")).ToHaveCountAsync(keys.Length);
        foreach (var key in keys)
        {
            await page.Chart(key).ScrollIntoViewIfNeededAsync();
            await page.Chart(key).ToBeDrawnAsync();
        }
    }

    [Fact]
    public async Task Metrics_ByTyping_AreThoseWithTheNameAndTheFocusStays()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}/metrics");
        var search = page.GetByRole(AriaRole.Searchbox);

        await search.PressSequentiallyAsync("norm");

        await Expect(page.Locator("loss-chart")).ToHaveCountAsync(1);
        await page.Chart("grad_norm").ToBeDrawnAsync();
        await Expect(search).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/metrics\\?search=norm$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await search.PressSequentiallyAsync("ity");
        await Expect(page.GetByText("No metric has 'normity' in its name.")).ToBeVisibleAsync();
    }
}
