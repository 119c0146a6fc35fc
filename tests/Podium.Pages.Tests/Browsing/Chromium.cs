// Tests of pages wait more than they work: for a server to start, a page to come, a stream to tell.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
[assembly: AssemblyFixture(typeof(Podium.Pages.Tests.Browsing.Chromium))]

namespace Podium.Pages.Tests.Browsing;

/// <summary>The one browser of all tests: Debian's Chromium. Playwright only drives it, and downloads none of its own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // Two tabs, and pages of two tests, are alive at once: one in the background shall not be slowed down.
        "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
    ];

    // It starts with the first test that opens a page: a run that opens none needs none.
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public Chromium() => _browser = new Lazy<Task<IBrowser>>(StartAsync);

    /// <summary>The browser; skips the test where there is none.</summary>
    public Task<IBrowser> BrowserAsync()
    {
        if (!File.Exists(Program)) Assert.Skip($"needs {Program} (Debian's package chromium)");
        return _browser.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated && _browser.Value.IsCompletedSuccessfully) await (await _browser.Value).CloseAsync();
        _playwright?.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        _playwright = await Playwright.CreateAsync();
        // What is looked for is looked for again until then; on a machine that is busy with other tests a page takes its time.
        SetDefaultExpectTimeout(15_000);
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Flags });
    }
}
