using Podium.Load.Client;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>The same points by the MLflow protocol, beside the original server where there is one.</summary>
internal static class MLflowCalls
{
    private const string Unknown = "–";

    public static async Task RunAsync(LoadOptions options, ServerProcess server)
    {
        Table.Begin("MLflow calls", "call", "original points/s", "podium points/s", "times faster", "median ms", "99 % ms");
        await RowAsync(options, server, "`log-batch` of 1,000 from 8 connections", 8, static (address, token, run) => Bodies.MLflowBatch(address, token, run, 250, Bodies.Usual));
        await RowAsync(options, server, "`log-metric` from 64 connections", 64, static (address, token, run) => Bodies.MLflowMetric(address, token, run, "loss"));
    }

    private static async Task RowAsync(LoadOptions options, ServerProcess server, string name, int connections, Func<Uri, string?, string, Message> messageOf)
    {
        using var ours = await CrowdAsync(server.Address, await Tokens.MakeAsync(server.Address, $"mlflow-{connections}", connections), messageOf);
        if (options.MLflowServer is not { } original)
        {
            var alone = await Rounds.AloneAsync(options, () => ours.RunAsync(options.Span));
            Table.Row(name, Unknown, alone.PerSecond, Unknown, alone.Median, alone.Slow);
            return;
        }

        using var theirs = await CrowdAsync(original, new string?[connections], messageOf);
        var (yardstick, both, ratio) = await Rounds.SideBySideAsync(options, async () => (await theirs.RunAsync(options.Span)).PerSecond, () => ours.RunAsync(options.Span));
        Table.Row(name, yardstick, both.PerSecond, ratio, both.Median, both.Slow);
    }

    private static async Task<Crowd> CrowdAsync(Uri server, string?[] tokens, Func<Uri, string?, string, Message> messageOf)
    {
        var runs = await Jobs.OpenRunsAsync(server, tokens[0], tokens.Length);
        return new Crowd(server, runs.Zip(tokens, (run, token) => messageOf(server, token, run)));
    }
}
