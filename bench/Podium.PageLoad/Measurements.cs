using Podium.Load.Server;
using Podium.PageLoad.Browsing;
using Podium.PageLoad.Loads;
using Podium.PageLoad.Material;

namespace Podium.PageLoad;

/// <summary>All measurements in turn, on one server.</summary>
internal static class Measurements
{
    private const string Sentiment = "sentiment-finetune";

    /// <summary>What they are called.</summary>
    public static string[] All { get; } = ["visits", "gathering", "frames"];

    /// <param name="program">The server.</param>
    /// <param name="root">The repository: it has the short job, and uPlot.</param>
    /// <param name="rounds">How many visits count.</param>
    /// <param name="only">Which measurements; empty: all.</param>
    public static async Task RunAsync(string program, string root, int rounds, IReadOnlyCollection<string> only)
    {
        var folder = Directory.CreateTempSubdirectory("podium-page-load-").FullName;
        await using var server = await ServerProcess.StartAsync(program, folder, database: null);
        using var calls = new Calls(server.Address);
        var longJob = new LongJob(calls, "long");
        await longJob.MakeAsync();
        var shortJob = await Sample.ImportAsync(calls, server, Path.Combine(root, "samples", Sentiment));
        await using var chromium = await Chromium.StartAsync(server.Address);
        Console.WriteLine($"{chromium.Version}, a window of 1280 × 800 without a screen; the server shares the {Environment.ProcessorCount} cores with it.");
        if (Includes("visits"))
            await Visits.RunAsync(chromium, server, await File.ReadAllTextAsync(Path.Combine(root, "src/Podium.Server/Browser/node_modules/uplot/dist/uPlot.iife.min.js")), longJob, shortJob, rounds);
        if (Includes("frames")) await Fluidity.RunAsync(chromium, longJob, shortJob);
        if (Includes("gathering")) await Gathering.RunAsync(chromium, server, longJob);

        bool Includes(string name) => only.Count == 0 || only.Contains(name, StringComparer.Ordinal);
    }
}
