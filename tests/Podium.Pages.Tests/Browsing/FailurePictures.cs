namespace Podium.Pages.Tests.Browsing;

/// <summary>Keeps what a failed test had open: a picture of each page, and its HTML.</summary>
internal static class FailurePictures
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("PODIUM_TEST_PICTURES") is { Length: > 0 } named
        ? named
        : Path.Combine(Checkout.Root, "artifacts", "page-failures");

    /// <summary>Keeps pages.</summary>
    /// <returns>Where they lie, as sentences.</returns>
    public static async Task<List<string>> KeepAsync(IEnumerable<IPage> pages)
    {
        List<string> kept = [];
        Directory.CreateDirectory(Folder);
        foreach (var page in pages)
        {
            var file = Path.Combine(Folder, $"{Name()}-{kept.Count + 1}");
            try
            {
                await File.WriteAllTextAsync($"{file}.html", await page.ContentAsync());
                await page.ScreenshotAsync(new() { Path = $"{file}.png", FullPage = true });
                kept.Add($"See {file}.png and .html ({page.Url})");
            }
            catch (PlaywrightException failure)
            {
                // The test has failed already; its own reason is what matters.
                kept.Add($"There is no picture of {page.Url}: {failure.Message}");
            }
        }

        return kept;
    }

    private static string Name()
    {
        var name = TestContext.Current.Test?.TestDisplayName ?? "unknown";
        var last = name[(name.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open ? name.LastIndexOf('.', open) + 1 : name.LastIndexOf('.') + 1)..];
        return string.Concat(last.Take(100).Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-'));
    }
}
