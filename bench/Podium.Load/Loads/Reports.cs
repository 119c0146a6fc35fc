using Podium.Load.Bare;
using Podium.Load.Client;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>Points of the server's own API, many a call and one a call.</summary>
internal static class Reports
{
    public static async Task BatchedAsync(LoadOptions options, ServerProcess server, BareLoop bare)
    {
        Table.Begin("Reports of 1,000 points a call from 8 connections: beside a bare loop of 1,000 rows a transaction", "report", "bare points/s", "podium points/s", "podium / bare", "median ms", "99 % ms", "core s a million");
        foreach (var (name, metrics) in ((string, string[])[])[("250 steps of 4 metrics", Bodies.Usual), ("1,000 steps of 1 metric", ["loss"])])
            await RowAsync(options, server, bare, name, metrics);
    }

    public static async Task SingleAsync(LoadOptions options, ServerProcess server)
    {
        Table.Begin("Reports of a single point from 64 connections", "jobs", "points/s", "median ms", "99 % ms");
        var jobs = await Jobs.MakeAsync(server.Address, "single", 64);
        var tokens = await Tokens.MakeAsync(server.Address, "single", jobs.Length);
        using var crowd = new Crowd(server.Address, jobs.Zip(tokens, (job, token) => Bodies.Report(server.Address, token, job, 1, "loss")));
        var all = await Rounds.AloneAsync(options, () => crowd.RunAsync(options.Span));
        Table.Row("64", all.PerSecond, all.Median, all.Slow);
    }

    private static async Task RowAsync(LoadOptions options, ServerProcess server, BareLoop bare, string name, string[] metrics)
    {
        var jobs = await Jobs.MakeAsync(server.Address, $"batched-{metrics.Length}", 8);
        var tokens = await Tokens.MakeAsync(server.Address, $"batched-{metrics.Length}", jobs.Length);
        using var crowd = new Crowd(server.Address, jobs.Zip(tokens, (job, token) => Bodies.Report(server.Address, token, job, BareLoop.Batch / metrics.Length, metrics)));
        List<double> cores = [];
        var (yardstick, ours, ratio) = await Rounds.SideBySideAsync(options, () => Task.FromResult(bare.Run(options.Span)), async () =>
        {
            var before = server.CoreTime;
            var one = await crowd.RunAsync(options.Span);
            cores.Add((server.CoreTime - before).TotalSeconds / (one.PerSecond * options.Span.TotalSeconds) * 1e6);
            return one;
        });
        Table.Row(name, yardstick, ours.PerSecond, ratio, ours.Median, ours.Slow, Rounds.Median(cores, one => one));
    }
}
