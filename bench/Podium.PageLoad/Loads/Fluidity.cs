using Podium.Load;
using Podium.PageLoad.Browsing;
using Podium.PageLoad.Material;

namespace Podium.PageLoad.Loads;

/// <summary>How long the frames of a page take while somebody uses it, and while points come.</summary>
internal static class Fluidity
{
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(600);

    public static async Task RunAsync(Chromium chromium, LongJob longJob, string shortJob)
    {
        Table.Begin("Frames, in ms", "", "median", "95 %", "longest", "frames a second", "tasks over 50 ms", "the longest of them");
        foreach (var (name, job) in ((string, string)[])[("1,000,000 points", longJob.Name), ("short job", shortJob)])
        {
            await using var context = await chromium.OpenAsync();
            var tab = await Tab.OpenAsync(context, $"/jobs/{job}");
            var plot = tab.Page.Locator("loss-chart .u-over").First;
            await plot.ScrollIntoViewIfNeededAsync();
            var box = (await plot.BoundingBoxAsync())!;
            await Task.Delay(Span);
            await RowAsync($"{name}: nothing happens", () => Task.Delay(Span));
            await RowAsync($"{name}: hovering", () => HoverAsync(tab.Page.Mouse, box));
            await RowAsync($"{name}: dragging a zoom, and back", () => ZoomAsync(tab.Page, box));
            await RowAsync($"{name}: panning while zoomed in", () => PanAsync(tab.Page, box));
            if (job != longJob.Name) continue;
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Reset zoom" }).ClickAsync();
            await tab.Page.Mouse.MoveAsync(5, 5);
            await Task.Delay(Rest);
            await RowAsync($"{name}: 10 points a second come", () => LiveReports.SendAsync(longJob, 10, Span));
            await RowAsync($"{name}: 1,000 points a second come", () => LiveReports.SendAsync(longJob, 1_000, Span));
            await RowAsync($"{name}: 1,000 a second, and hovering", () => Task.WhenAll(LiveReports.SendAsync(longJob, 1_000, Span), HoverAsync(tab.Page.Mouse, box)));

            async Task RowAsync(string what, Func<Task> work) => Tell(what, await tab.FramesAsync(work));
        }
    }

    private static async Task HoverAsync(IMouse mouse, LocatorBoundingBoxResult box)
    {
        for (var round = 0; round < 3; round++)
        {
            await mouse.MoveAsync(box.X + 5, box.Y + box.Height / 2);
            await mouse.MoveAsync(box.X + box.Width - 5, box.Y + box.Height / 3, new() { Steps = 100 });
        }
    }

    private static async Task ZoomAsync(IPage page, LocatorBoundingBoxResult box)
    {
        for (var round = 0; round < 4; round++)
        {
            await page.Mouse.MoveAsync(box.X + box.Width * 0.3f, box.Y + 60);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + 80, new() { Steps = 30 });
            await page.Mouse.UpAsync();
            // The detail is fetched and drawn.
            await Task.Delay(Rest);
            await page.Mouse.DblClickAsync(box.X + box.Width / 2, box.Y + 60);
            await Task.Delay(Rest);
        }
    }

    private static async Task PanAsync(IPage page, LocatorBoundingBoxResult box)
    {
        await page.Mouse.MoveAsync(box.X + box.Width * 0.4f, box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.6f, box.Y + 60, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await page.Keyboard.DownAsync("Shift");
        for (var round = 0; round < 3; round++)
        {
            await page.Mouse.MoveAsync(box.X + box.Width * 0.9f, box.Y + 60);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + box.Width * 0.1f, box.Y + 60, new() { Steps = 60 });
            await page.Mouse.UpAsync();
        }

        await page.Keyboard.UpAsync("Shift");
        await Task.Delay(Rest);
    }

    private static void Tell(string name, Frames frames) => Table.Row(
        name,
        Spread.At(frames.Times, 0.5), Spread.At(frames.Times, 0.95), frames.Times.Max(), $"{1000 * frames.Times.Length / frames.Times.Sum():0}",
        $"{frames.LongTasks.Length}", frames.LongTasks.Length == 0 ? "–" : $"{frames.LongTasks.Max():0}");
}
