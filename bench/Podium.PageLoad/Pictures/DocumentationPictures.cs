using Podium.Load.Server;
using Podium.PageLoad.Browsing;
using Podium.PageLoad.Material;

namespace Podium.PageLoad.Pictures;

/// <summary>The pictures of the documentation: the samples of the repository, and a training under way, as somebody sees them.</summary>
internal static class DocumentationPictures
{
    private const float Scale = 1.5f;

    // What moves into its place has come to rest.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <param name="program">The server.</param>
    /// <param name="root">The repository.</param>
    /// <param name="data">A folder that is made for it; its paths are seen in the pictures.</param>
    /// <param name="pictures">Where the pictures go.</param>
    public static async Task TakeAsync(string program, string root, string data, string pictures)
    {
        await using var server = await ServerProcess.StartAsync(program, Directory.CreateDirectory(data).FullName, database: null);
        using var calls = new Calls(server.Address);
        foreach (var sweep in Directory.GetDirectories(Path.Combine(root, "samples/sweep")).Order(StringComparer.Ordinal)) await Sample.ImportAsync(calls, server, sweep);
        var sentiment = await Sample.ImportAsync(calls, server, Path.Combine(root, "samples/sentiment-finetune"));
        await UnderWay.MakeAsync(calls);

        await using var chromium = await Chromium.StartAsync(server.Address);
        await TakeAsync("pages-jobs.webp", "/");
        await TakeAsync("pages-job.webp", $"/jobs/{sentiment}", from: "section:has(#loss-title)");
        await TakeAsync("pages-job-dark.webp", $"/jobs/{UnderWay.Job}", from: ".tabs", dark: true);
        await TakeAsync("pages-checkpoints.webp", $"/jobs/{sentiment}/checkpoints");

        async Task TakeAsync(string name, string path, string? from = null, bool dark = false)
        {
            await using var context = await chromium.OpenAsync(dark, Scale);
            var page = await context.NewPageAsync();
            await page.GotoAsync(path);
            await page.WaitForSelectorAsync("html[data-live=live]", new() { State = WaitForSelectorState.Attached });
            // From there on is what the picture is about.
            if (from is not null) await page.Locator(from).EvaluateAsync("element => scrollBy(0, element.getBoundingClientRect().top - 12)");
            await page.WaitForFunctionAsync("() => ![...document.querySelectorAll('loss-chart')].some((chart) => chart.getBoundingClientRect().top < innerHeight && (chart.hasAttribute('aria-busy') || !chart.querySelector('canvas')))");
            await Task.Delay(Rest);
            var picture = await SmallAsync(page, await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide }));
            await File.WriteAllBytesAsync(Path.Combine(pictures, name), picture);
            Console.WriteLine($"{name}: {picture.Length / 1024} KB");
        }
    }

    /// <summary>The same picture as WebP, which is much smaller: the browser writes it itself.</summary>
    private static async Task<byte[]> SmallAsync(IPage page, byte[] png) => Convert.FromBase64String(await page.EvaluateAsync<string>(
        """
        async (png) => {
          const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (character) => character.charCodeAt(0))], { type: "image/png" }));
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          canvas.getContext("2d").drawImage(bitmap, 0, 0);
          return canvas.toDataURL("image/webp", 0.9).split(",")[1];
        }
        """,
        Convert.ToBase64String(png)));
}
