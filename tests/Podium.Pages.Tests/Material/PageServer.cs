using System.Collections.Concurrent;
using System.Text.Json;

namespace Podium.Pages.Tests.Material;

/// <summary>The real server, with a data folder of its own, and browsers that have signed in to it.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private static readonly string[] Roots = SharedMaterial.Root is { } shared ? [Samples.Folder, Path.Combine(shared, "hf-runs")] : [Samples.Folder];

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _runs = new();
    private readonly ConcurrentDictionary<Role, Lazy<Task<string>>> _signedIn = [];
    private readonly ServerProcess _process;
    private int _tokens;

    private PageServer(string[] flags)
    {
        _process = new ServerProcess(_data.Path)
        {
            Program = [BuiltProgram.Find(typeof(PageServer).Assembly, "PodiumServerProgram")],
            Flags = [.. Roots.Append(_runs.Path).SelectMany(root => (string[])["--runs", root]), .. flags],
        };
        var prefix = Array.IndexOf(flags, "--path-base") is >= 0 and var at ? $"{flags[at + 1].Trim('/')}/" : "";
        Url = new Uri(_process.Address, prefix);
        Api = new JobApi(_process.Client);
    }

    /// <summary>Where its pages are, with a slash at the end.</summary>
    public Uri Url { get; }

    /// <summary>Its native calls, as the administrator.</summary>
    public JobApi Api { get; }

    /// <summary>A folder at or below which it takes run folders; the samples and those of ../shared/hf-runs it takes, too.</summary>
    public string Runs => _runs.Path;

    public static async Task<PageServer> StartAsync(params string[] flags)
    {
        var server = new PageServer(flags);
        await server._process.StartAsync();
        return server;
    }

    /// <summary>Kills it.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again after it was killed, on the same data and port.</summary>
    public Task RestartAsync() => _process.StartAsync();

    /// <summary>The secret of a token of a role: to type it in.</summary>
    public async Task<string> SecretAsync(Role role) =>
        role == Role.Admin ? ServerProcess.AdminToken : (await Api.PostAsync("/api/tokens", new { name = $"{role.ToString().ToLowerInvariant()}-{Interlocked.Increment(ref _tokens)}", role = role.ToString().ToLowerInvariant() })).GetProperty("token").GetString()!;

    /// <summary>What a browser keeps that signed in as somebody does: by the form. Once for each role.</summary>
    public async Task<string?> SignedInAsync(IBrowser browser, Role role) =>
        role == Role.Nobody ? null : await _signedIn.GetOrAdd(role, asked => new Lazy<Task<string>>(() => SignInAsync(browser, asked))).Value;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _data.Dispose();
        _runs.Dispose();
    }

    private async Task<string> SignInAsync(IBrowser browser, Role role)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = Url.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("sign-in?return=/api/session");
        await page.GetByLabel("Token").FillAsync(await SecretAsync(role));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/api/session");
        var session = JsonElement.Parse(await page.Locator("body").InnerTextAsync());
        session.GetProperty("role").GetString().ShouldBe(role.ToString().ToLowerInvariant());
        return await context.StorageStateAsync();
    }
}
