using System.Text.RegularExpressions;

namespace Podium.Pages.Tests.Dashboard;

/// <summary>The charts of a page and their parts.</summary>
internal static class ChartElements
{
    /// <summary>The chart of the losses.</summary>
    public static ILocator LossChart(this IPage page) => page.Chart("Training and evaluation loss by step, with the checkpoints");

    /// <summary>A chart by what it is called.</summary>
    public static ILocator Chart(this IPage page, string label) =>
        page.Locator("loss-chart").Filter(new() { Has = page.GetByRole(AriaRole.Application, new() { Name = label, Exact = true }) });

    /// <summary>What takes the focus and the keys.</summary>
    public static ILocator Box(this ILocator chart) => chart.GetByRole(AriaRole.Application);

    /// <summary>The entry of a line in the legend, with its value.</summary>
    public static ILocator Key(this ILocator chart, string line) =>
        chart.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(line)}(?: |$)", RegexOptions.None, TimeSpan.FromSeconds(1)) });

    /// <summary>What the legend says of the place of its values.</summary>
    public static ILocator Place(this ILocator chart) => chart.Locator(".chart-place");

    /// <summary>What is read aloud.</summary>
    public static ILocator Said(this ILocator chart) => chart.Locator("[aria-live=polite]");

    /// <summary>What the picture shows, in words.</summary>
    public static ILocator Summary(this ILocator chart) => chart.Locator("[id^=chart-summary]");

    /// <summary>Shows all steps again; there while only some are shown.</summary>
    public static ILocator ShowAll(this ILocator chart) => chart.GetByRole(AriaRole.Button, new() { Name = "Show all" });

    /// <summary>Waits until the points are there and drawn.</summary>
    public static async Task ToBeDrawnAsync(this ILocator chart)
    {
        await Expect(chart.Locator("canvas")).ToBeVisibleAsync();
        await Expect(chart).Not.ToHaveAttributeAsync("aria-busy", "true");
        await Expect(chart.Place()).ToHaveTextAsync(new Regex("^last step ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Drags from one share of the chart's width to another.</summary>
    public static async Task DragAsync(this ILocator chart, double from, double to)
    {
        var box = await chart.PlotBoxAsync();
        var mouse = chart.Page.Mouse;
        var middle = box.Y + (box.Height / 2);
        await mouse.MoveAsync((float)(box.X + (box.Width * from)), middle);
        await mouse.DownAsync();
        await mouse.MoveAsync((float)(box.X + (box.Width * to)), middle, new() { Steps = 6 });
        await mouse.UpAsync();
    }

    /// <summary>Lets the pointer stand at a share of the chart's width.</summary>
    public static async Task PointAsync(this ILocator chart, double share)
    {
        var box = await chart.PlotBoxAsync();
        await chart.Page.Mouse.MoveAsync((float)(box.X + (box.Width * share)), box.Y + (box.Height / 2));
    }

    /// <summary>Where the lines are drawn: inside of the axes.</summary>
    private static async Task<(float X, float Y, float Width, float Height)> PlotBoxAsync(this ILocator chart)
    {
        await chart.ScrollIntoViewIfNeededAsync();
        var box = (await chart.Locator(".u-over").BoundingBoxAsync())!;
        return (box.X, box.Y, box.Width, box.Height);
    }
}
