namespace Podium.Pages.Tests.Browsing;

/// <summary>How a page fits its window.</summary>
internal static class Layout
{
    private const string TooWide = """
        () => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const scrolls = element => { for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) if (getComputedStyle(e).overflowX !== "visible") return true; return false; };
          return [...document.body.querySelectorAll("*")]
            .filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e))
            .slice(0, 10)
            .map(e => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}"> ends at ${Math.round(e.getBoundingClientRect().right)} of ${width}`)
            .concat(`the page is ${document.documentElement.scrollWidth} wide, the window ${width}`);
        }
        """;

    /// <summary>Fails where the page as a whole is wider than the window, and names what is.</summary>
    public static async Task ShouldNotScrollSidewaysAsync(this IPage page) =>
        (await page.EvaluateAsync<string[]>(TooWide)).ShouldBeEmpty($"{page.Url} scrolls sideways");

    /// <summary>How bright the page is behind its text, from 0 to 1, as it is painted.</summary>
    public static async Task<double> LuminanceAsync(this IPage page)
    {
        // A corner of the page itself: what was painted there, whichever element did.
        var picture = Convert.ToBase64String(await page.ScreenshotAsync(new() { Clip = new() { X = 0, Y = 0, Width = 4, Height = 4 } }));
        return await page.EvaluateAsync<double>("""
            async picture => {
              const image = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), c => c.charCodeAt(0))], { type: "image/png" }));
              const canvas = new OffscreenCanvas(image.width, image.height);
              const context = canvas.getContext("2d");
              context.drawImage(image, 0, 0);
              const [r, g, b] = context.getImageData(1, 1, 1, 1).data;
              return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
            }
            """, picture);
    }
}
