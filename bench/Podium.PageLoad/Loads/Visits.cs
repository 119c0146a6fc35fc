using Podium.Load;
using Podium.Load.Server;
using Podium.PageLoad.Browsing;
using Podium.PageLoad.Material;

namespace Podium.PageLoad.Loads;

/// <summary>The page of a long job and of a short one, and the bare chart, in turn: with nothing in the cache, and once more with it.</summary>
internal static class Visits
{
    private const string EmptyPage = "/health";

    private static readonly (string Name, Func<Figures, double> Of)[] Told =
    [
        ("the server makes the HTML, ms", one => one.FirstByte),
        ("all of the HTML is there, ms", one => one.Html),
        ("first content painted, at ms", one => one.Painted ?? 0),
        ("the script is there, at ms", one => one.Script ?? 0),
        ("the series is asked for, at ms", one => one.Asked ?? 0),
        ("the series takes, ms", one => one.Answered - one.Asked ?? 0),
        ("from the series to the drawn chart, ms", one => one.Usable - one.Answered ?? 0),
        ("**usable, at ms**", one => one.Usable),
        ("longest task, ms", one => one.LongTask),
        ("transferred, KB", one => one.Bytes / 1e3),
        ("of it the series, KB", one => one.SeriesBytes / 1e3 ?? 0),
        ("JS heap, MB", one => one.Heap / 1e6),
        ("DOM nodes", one => one.Nodes),
    ];

    public static async Task RunAsync(Chromium chromium, ServerProcess server, string uPlot, LongJob longJob, string shortJob, int rounds)
    {
        List<Figures> longCold = [], longWarm = [], longNews = [], shortCold = [], shortWarm = [], bare = [];
        for (var round = -1; round < rounds; round++)
        {
            var (cold, warm) = await TwiceAsync(chromium, $"/jobs/{longJob.Name}");
            var (coldShort, warmShort) = await TwiceAsync(chromium, $"/jobs/{shortJob}");
            var alone = await BareAsync(chromium, uPlot, cold.SeriesUrl!);
            // Nothing that the server keeps of the job holds any more: so it is while the training goes on.
            await longJob.GoOnAsync(1);
            var news = await OnceAsync(chromium, $"/jobs/{longJob.Name}");
            // The next visit finds it at rest again.
            await OnceAsync(chromium, $"/jobs/{longJob.Name}");
            if (round < 0) continue;
            longNews.Add(news);
            longCold.Add(cold);
            longWarm.Add(warm);
            shortCold.Add(coldShort);
            shortWarm.Add(warmShort);
            bare.Add(alone);
        }

        Table.Begin($"Visits of a job's page: lowest / median / highest of {rounds}", "", "1,000,000 points, cold", "warm", "cold, just after a report", "short job, cold", "warm", "bare chart");
        foreach (var (name, of) in Told)
            Table.Row(name, Spread.Of(longCold, of), Spread.Of(longWarm, of), Spread.Of(longNews, of), Spread.Of(shortCold, of), Spread.Of(shortWarm, of), Spread.Of(bare, of));
        Table.Begin("Usable, as ratios of the visits of one round", "", "lowest / median / highest");
        Row("1,000,000 points / bare chart, cold", longCold, bare);
        Row("1,000,000 points / bare chart, warm", longWarm, bare);
        Row("1,000,000 points / bare chart, cold, just after a report", longNews, bare);
        Row("1,000,000 points / short job, cold", longCold, shortCold);
        Row("1,000,000 points / short job, warm", longWarm, shortWarm);
        Table.Begin("The server after the visits", "", "MB");
        Table.Row("memory (RSS)", server.Megabytes("VmRSS"));
        Table.Row("at most", server.Megabytes("VmHWM"));

        static void Row(string name, List<Figures> ours, List<Figures> yardstick) => Table.Row(name, Spread.Of(ours.Zip(yardstick), pair => pair.First.Usable / pair.Second.Usable));
    }

    private static async Task<(Figures Cold, Figures Warm)> TwiceAsync(Chromium chromium, string path)
    {
        await using var context = await chromium.OpenAsync();
        return (await VisitAsync(context, path), await VisitAsync(context, path));
    }

    private static async Task<Figures> OnceAsync(Chromium chromium, string path)
    {
        await using var context = await chromium.OpenAsync();
        return await VisitAsync(context, path);
    }

    private static async Task<Figures> BareAsync(Chromium chromium, string uPlot, Uri series)
    {
        await using var context = await chromium.OpenAsync();
        // One script, for each has its names to itself. And one of the browser, not a page that is put in the server's place: then each request would make a detour, and slow the yardstick.
        return await VisitAsync(context, EmptyPage, $"{uPlot}\nconst benchSeries = \"{series.PathAndQuery}\";\n{Tab.Script("bare.js")}");
    }

    private static async Task<Figures> VisitAsync(IBrowserContext context, string path, params string[] scripts)
    {
        var tab = await Tab.OpenAsync(context, path, scripts);
        var figures = await tab.FiguresAsync();
        await tab.Page.CloseAsync();
        return figures;
    }
}
