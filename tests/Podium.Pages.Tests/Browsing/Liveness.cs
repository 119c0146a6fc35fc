namespace Podium.Pages.Tests.Browsing;

/// <summary>How a page stands to the server's streams, as it says itself: in <c>data-live</c> of its root.</summary>
internal static class Liveness
{
    /// <summary>Waits until each stream of the page is open: what is reported from then on comes without a reload.</summary>
    public static Task ToBeLiveAsync(this IPage page) => Expect(page.Locator("html[data-live=live]")).ToBeAttachedAsync();

    /// <summary>Waits until the page has noticed that a stream broke off.</summary>
    public static Task ToHaveLostTheServerAsync(this IPage page) => Expect(page.Locator("html[data-live=lost]")).ToBeAttachedAsync();

    /// <summary>Marks a page, so that a test can tell whether it was loaded anew since.</summary>
    public static Task MarkAsync(this IPage page) => page.EvaluateAsync("() => { window.markedByTest = true; }");

    /// <summary>Fails where the page was loaded anew since it was marked.</summary>
    public static async Task ShouldStillBeMarkedAsync(this IPage page) => (await page.EvaluateAsync<bool>("() => window.markedByTest === true")).ShouldBeTrue($"{page.Url} was loaded anew");
}
