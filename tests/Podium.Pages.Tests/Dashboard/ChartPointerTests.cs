using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>Pointing at charts, zooming them, and reading them by keys.</summary>
public sealed class ChartPointerTests : PageTest
{
    [Fact]
    public async Task Pointer_OverOneChart_StandsInTheOthersToo()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var (first, second) = (page.Chart("Learning rate"), page.Chart("Gradient norm"));
        await first.ScrollIntoViewIfNeededAsync();
        await first.ToBeDrawnAsync();
        await second.ToBeDrawnAsync();

        await first.PointAsync(0.42);

        await Expect(first.Place()).ToHaveTextAsync(new Regex("^step ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var there = await first.Place().InnerTextAsync();
        there.ShouldMatch("^step (80|90|100) ");
        foreach (var chart in (ILocator[])[second, page.LossChart()]) await Expect(chart.Place()).ToHaveTextAsync(there);
        (await CursorAsync(second)).ShouldBeInRange(0.3, 0.6);

        await page.Mouse.MoveAsync(0, 0);

        foreach (var chart in (ILocator[])[first, second]) await Expect(chart.Place()).ToHaveTextAsync(new Regex("^last step 200 ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Zoom_ByDragging_ShowsThePartInAllChartsUntilEscape()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}");
        var (chart, other) = (page.LossChart(), page.Chart("Learning rate"));
        await chart.ToBeDrawnAsync();
        await other.ScrollIntoViewIfNeededAsync();
        await other.ToBeDrawnAsync();
        await other.ToShowAsync("1", 50);
        var (all, allOfOther) = (await chart.PictureAsync(), await other.PictureAsync());

        await chart.DragAsync(0.25, 0.5);

        await Expect(chart.ShowAll()).ToBeVisibleAsync();
        await Expect(other.ShowAll()).ToBeVisibleAsync();
        await chart.ToLookOtherThanAsync(all);
        await other.ToLookOtherThanAsync(allOfOther);
        // A quarter of 800 steps: what stands at its ends lies in the part that was dragged out.
        await chart.PointAsync(0.01);
        await Expect(chart.Place()).ToHaveTextAsync(new Regex("^step (?:200|220) ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await chart.PointAsync(0.99);
        await Expect(chart.Place()).ToHaveTextAsync(new Regex("^step (?:400|420) ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Mouse.MoveAsync(0, 0);

        await chart.Box().FocusAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(chart.ShowAll()).ToBeHiddenAsync();
        await chart.ToLookLikeAsync(all);
        await other.ToLookLikeAsync(allOfOther);
    }

    [Fact]
    public async Task Zoom_Buttons_ShowAllAgain()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Sentiment}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" })).ToBeDisabledAsync();

        foreach (var button in (ILocator[])[chart.ShowAll(), page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" })])
        {
            await chart.DragAsync(0.6, 0.3);
            await Expect(button).ToBeEnabledAsync();
            await button.ClickAsync();
            await Expect(chart.ShowAll()).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Keys_InAChart_ReadItsValuesAndZoom()
    {
        var page = await OpenAsync($"/jobs/{SharedServer.Running}");
        var chart = page.LossChart();
        await chart.ToBeDrawnAsync();
        await page.TabToAsync("application Training and evaluation loss");

        await page.Keyboard.PressAsync("Home");
        await Expect(chart.Said()).ToHaveTextAsync(new Regex("^step 10 · epoch 0\\.05: eval_loss 2\\.100, loss 2\\.390$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(chart.Said()).ToContainTextAsync("step 20 ");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Expect(chart.Said()).ToContainTextAsync("step 120 ");
        await page.Keyboard.PressAsync("End");
        await Expect(chart.Said()).ToContainTextAsync("step 200 ");
        await Expect(chart.Said()).ToContainTextAsync("checkpoint-200: eval_loss 1.500, loss 1.300");

        var all = await chart.PictureAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(chart.ShowAll()).ToBeVisibleAsync();
        var zoomed = await chart.ToLookOtherThanAsync(all);
        await page.Keyboard.PressAsync("PageUp");
        await chart.ToLookOtherThanAsync(zoomed);
        await page.Keyboard.PressAsync("Escape");
        await Expect(chart.ShowAll()).ToBeHiddenAsync();
        await chart.ToLookLikeAsync(all);
    }

    private static Task<double> CursorAsync(ILocator chart) => chart.EvaluateAsync<double>("""
        chart => {
          const [cursor, over] = [chart.querySelector(".u-cursor-x").getBoundingClientRect(), chart.querySelector(".u-over").getBoundingClientRect()];
          return (cursor.right - over.left) / over.width;
        }
        """);
}
