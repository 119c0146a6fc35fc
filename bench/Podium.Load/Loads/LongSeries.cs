using System.Diagnostics;
using System.Text.Json;
using Podium.Load.Client;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>A series of a million points, down-sampled to what a chart shows.</summary>
internal static class LongSeries
{
    private const int Points = 1_000_000;
    private const int Shown = 2_000;
    private const int Each = 10_000;

    // Longer than the server waits before it packs, and packs.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(LoadOptions options, ServerProcess server)
    {
        Table.Begin("A series of 1,000,000 points, down-sampled to 2,000", "", "ms");
        var job = (await Jobs.MakeAsync(server.Address, "long", 1))[0];
        using (var crowd = new Crowd(server.Address, [Bodies.Report(server.Address, ServerProcess.Token, job, Each, "loss")])) await crowd.SendAsync(Points / Each);

        var path = $"/api/training/local/{job}/metrics?keys=loss&max_points={Shown}";
        Table.Row("as soon as it was reported", await TimeAsync(server, path));
        // Whoever reads tells the server that there is something to pack.
        await Task.Delay(Quiet);
        List<double> warm = [];
        for (var round = 0; round < 5 + options.Rounds * 5; round++) warm.Add(await TimeAsync(server, path));
        Table.Row("warm", Rounds.Median(warm.Skip(5), one => one));

        List<double> first = [];
        for (var round = 0; round < Math.Max(3, options.Rounds); round++)
        {
            await server.RestartAsync();
            first.Add(await TimeAsync(server, path));
        }

        Table.Row("first after a start", Rounds.Median(first, one => one));
    }

    private static async Task<double> TimeAsync(ServerProcess server, string path)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await Jobs.AskAsync(server.Address, ServerProcess.Token, "GET", path);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var json = JsonDocument.Parse(answer);
        var series = json.RootElement.GetProperty("series").GetProperty("loss");
        if (series.GetProperty("count").GetInt64() != Points || series.GetProperty("steps").GetArrayLength() is 0 or > Shown) throw new InvalidOperationException("The series is not what was reported.");
        return took;
    }
}
