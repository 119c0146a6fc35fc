using System.Text.Json;

namespace Podium.PageLoad.Browsing;

/// <summary>A page that is watched while it is used.</summary>
internal sealed class Tab
{
    private readonly ICDPSession _session;

    private Tab(IPage page, ICDPSession session) => (Page, _session) = (page, session);

    public IPage Page { get; }

    /// <summary>Opens a page and waits until its first chart has drawn all.</summary>
    /// <param name="context">The browser.</param>
    /// <param name="path">The page.</param>
    /// <param name="scripts">What runs in it before anything of its own.</param>
    public static async Task<Tab> OpenAsync(IBrowserContext context, string path, params string[] scripts)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Console.Error.WriteLine($"{path}: {fault}");
        foreach (var script in scripts.Prepend(Script("watch.js"))) await page.AddInitScriptAsync(script);
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        await page.GotoAsync(path);
        await page.WaitForFunctionAsync("() => bench.usable !== null", null, new() { PollingInterval = 50, Timeout = 30_000 });
        return new Tab(page, session);
    }

    /// <summary>A script of this program's.</summary>
    public static string Script(string name)
    {
        using var reader = new StreamReader(typeof(Tab).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>What it has cost until now.</summary>
    public async Task<Figures> FiguresAsync()
    {
        var told = (await Page.EvaluateAsync("() => bench.figures()"))!.Value.Deserialize<Figures>()!;
        await _session.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await _session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(one => one.GetProperty("name").GetString()!, one => one.GetProperty("value").GetDouble(), StringComparer.Ordinal);
        return told with { Heap = metrics["JSHeapUsedSize"], Nodes = metrics["Nodes"] };
    }

    /// <summary>How long its frames take while something is done with it.</summary>
    public async Task<Frames> FramesAsync(Func<Task> work)
    {
        await Page.EvaluateAsync("() => bench.record()");
        await work();
        return (await Page.EvaluateAsync("() => bench.stop()"))!.Value.Deserialize<Frames>()!;
    }
}
