namespace Podium.Pages.Tests.Browsing;

/// <summary>A test of pages: it opens them as whoever it likes, and fails where anything goes wrong on one, looked for or not.</summary>
/// <remarks>
/// <code>
/// var page = await OpenAsync("/", Role.Viewer, phone: true);
/// await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Jobs" })).ToBeVisibleAsync();
/// </code>
/// Pages and servers are closed behind the test. What a failed test had open is kept as a picture and as HTML in the folder that
/// PODIUM_TEST_PICTURES names, or in artifacts/page-failures.
/// </remarks>
public abstract class PageTest : IAsyncLifetime
{
    private static readonly ViewportSize Desk = new() { Width = 1280, Height = 800 };
    private static readonly ViewportSize Phone = new() { Width = 375, Height = 740 };

    private readonly List<(IBrowserContext Context, PageFaults Faults)> _opened = [];
    private readonly List<PageServer> _servers = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The server that all reading tests share, with the jobs of <see cref="SharedServer"/>.</summary>
    protected static async Task<PageServer> SharedAsync() => await (await FixtureAsync<SharedServer>()).ServerAsync();

    /// <summary>The server for tests that change jobs of their own, whose names no other test has.</summary>
    protected static async Task<PageServer> LiveAsync()
    {
        await (await FixtureAsync<Chromium>()).BrowserAsync();
        return await (await FixtureAsync<LiveServer>()).ServerAsync();
    }

    /// <summary>The server with the job of <see cref="LongServer"/>.</summary>
    protected static async Task<PageServer> LongAsync()
    {
        await (await FixtureAsync<Chromium>()).BrowserAsync();
        return await (await FixtureAsync<LongServer>()).ServerAsync();
    }

    /// <summary>A server of this test's own, without jobs: for what changes something, or kills it.</summary>
    /// <param name="flags">Flags of <c>podium-server</c>.</param>
    protected async Task<PageServer> StartServerAsync(params string[] flags)
    {
        // Whoever has no browser shall not wait for a server.
        await (await FixtureAsync<Chromium>()).BrowserAsync();
        var server = await PageServer.StartAsync(flags);
        _servers.Add(server);
        return server;
    }

    /// <summary>Opens a page in a browser of its own, so to speak: no cookie and nothing kept of other pages.</summary>
    /// <param name="path">From the server's root on, below its prefix if it has one.</param>
    /// <param name="role">As whom.</param>
    /// <param name="dark">Whether the system is set to dark.</param>
    /// <param name="phone">Whether it is as wide as a phone.</param>
    /// <param name="locale">The language of the browser.</param>
    /// <param name="stillness">Whether the system asks for less motion.</param>
    /// <param name="server">The server; the shared one unless given.</param>
    protected async Task<IPage> OpenAsync(
        string path, Role role = Role.Viewer, bool dark = false, bool phone = false, string locale = "en-GB", bool stillness = false, PageServer? server = null)
    {
        var browser = await (await FixtureAsync<Chromium>()).BrowserAsync();
        server ??= await SharedAsync();
        var context = await browser.NewContextAsync(new()
        {
            StorageState = await server.SignedInAsync(browser, role),
            ViewportSize = phone ? Phone : Desk,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = stillness ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            Locale = locale,
            HasTouch = phone,
            TimezoneId = "UTC",
            // With a slash at its end, and paths without one at their beginning: a prefix stays.
            BaseURL = server.Url.ToString(),
        });
        context.SetDefaultTimeout(20_000);
        _opened.Add((context, await PageFaults.WatchAsync(context, server.Url)));
        return await GoAsync(await context.NewPageAsync(), path);
    }

    /// <summary>Opens one more tab beside a page, in the same browser.</summary>
    protected static async Task<IPage> OpenTabAsync(IPage beside, string path) => await GoAsync(await beside.Context.NewPageAsync(), path);

    /// <summary>Lets what the test brings about pass: a fault on a page that a pattern matches.</summary>
    /// <remarks>A fault begins with what it is: <c>console:</c>, <c>script:</c>, <c>answer:</c>, <c>elsewhere:</c>, <c>dialog:</c>.</remarks>
    protected void ExpectFault(IPage page, string pattern) => _opened.Single(opened => opened.Context == page.Context).Faults.Expect(pattern);

    /// <summary>What has gone wrong on a page and its tabs, and was not expected.</summary>
    protected IEnumerable<string> FaultsOn(IPage page) => _opened.Single(opened => opened.Context == page.Context).Faults.Unexpected();

    public async ValueTask DisposeAsync()
    {
        foreach (var (context, _) in _opened) await PageFaults.CatchUpAsync(context);
        List<string> faults = [.. _opened.SelectMany(opened => opened.Faults.Unexpected())];
        if (faults.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed)
            faults.AddRange(await FailurePictures.KeepAsync(_opened.SelectMany(opened => opened.Context.Pages)));
        foreach (var (context, _) in _opened) await context.CloseAsync();
        // Only now: the pages would notice.
        foreach (var server in _servers) await server.DisposeAsync();
        GC.SuppressFinalize(this);
        if (faults.Count > 0) Assert.Fail(string.Join('\n', faults));
    }

    private static async Task<IPage> GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path.TrimStart('/'));
        return page;
    }

    private static async Task<T> FixtureAsync<T>() where T : class =>
        await TestContext.Current.GetFixture(typeof(T)) as T ?? throw new InvalidOperationException($"There is no {typeof(T).Name} in this assembly.");
}
