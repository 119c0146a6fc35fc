using Podium.Load.Server;

namespace Podium.PageLoad.Browsing;

/// <summary>Debian's Chromium without a window, and what it keeps when somebody has signed in to the server.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly Uri _server;
    private readonly string _signedIn;

    private Chromium(IPlaywright playwright, IBrowser browser, Uri server, string signedIn) => (_playwright, _browser, _server, _signedIn) = (playwright, browser, server, signedIn);

    /// <summary>Its name and version.</summary>
    public string Version => $"Chromium {_browser.Version}";

    /// <summary>Starts it and signs in by the form.</summary>
    public static async Task<Chromium> StartAsync(Uri server)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Flags });
        await using var context = await browser.NewContextAsync(new() { BaseURL = server.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Token").FillAsync(ServerProcess.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("/sign-in", StringComparison.Ordinal));
        return new Chromium(playwright, browser, server, await context.StorageStateAsync());
    }

    /// <summary>A browser of its own, so to speak: signed in, with nothing in its cache.</summary>
    public Task<IBrowserContext> OpenAsync(bool dark = false, float scale = 1) => _browser.NewContextAsync(new()
    {
        BaseURL = _server.ToString(),
        StorageState = _signedIn,
        ViewportSize = new() { Width = 1280, Height = 800 },
        DeviceScaleFactor = scale,
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        Locale = "en-GB",
        TimezoneId = "UTC",
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
