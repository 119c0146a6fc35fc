using System.Diagnostics;
using Podium.Load;
using Podium.Load.Server;
using Podium.PageLoad.Browsing;
using Podium.PageLoad.Material;

namespace Podium.PageLoad.Loads;

/// <summary>Whether a page that stays open gathers anything: as many reports as ten minutes of ten a second, sent fast.</summary>
internal static class Gathering
{
    private const int Reports = 6_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Chromium chromium, ServerProcess server, LongJob job)
    {
        await using var context = await chromium.OpenAsync();
        var tab = await Tab.OpenAsync(context, $"/jobs/{job.Name}");
        await tab.Page.WaitForSelectorAsync("html[data-live=live]", new() { State = WaitForSelectorState.Attached });
        Table.Begin("A page that stays open on 1,000,000 points", "", "JS heap MB", "DOM nodes", "server RSS MB");
        await RowAsync("as it opens");
        for (var third = 1; third <= 3; third++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Reports / 3; i++) await job.GoOnAsync(1);
            var took = Stopwatch.GetElapsedTime(start);
            // What was told last is drawn, and fetched anew where it must be.
            await Task.Delay(Rest);
            await RowAsync($"after {third * Reports / 3:#,0} reports of one step ({Reports / 3 / took.TotalSeconds:0} a second)");
        }

        async Task RowAsync(string name)
        {
            var figures = await tab.FiguresAsync();
            Table.Row(name, figures.Heap / 1e6, $"{figures.Nodes:0}", server.Megabytes("VmRSS"));
        }
    }
}
