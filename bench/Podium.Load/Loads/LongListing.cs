using System.Diagnostics;
using System.Text.Json;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>The listing of a folder of very many checkpoints: when nothing of it is known yet, and when all is.</summary>
internal static class LongListing
{
    private const int Checkpoints = 1_000;

    public static async Task RunAsync(LoadOptions options, ServerProcess server)
    {
        Table.Begin("Listing of 1,000 checkpoints", "", "ms");
        var folder = Path.Combine(server.Runs, "long");
        RunFolder.Make(folder, Checkpoints);
        List<double> cold = [];
        for (var round = 0; round < Math.Max(3, options.Rounds); round++)
        {
            // Another job each time: of the one before the database knows everything.
            var job = $"thousand-{round}";
            await server.RestartAsync();
            await Jobs.AskAsync(server.Address, ServerProcess.Token, "POST", "/api/training/local/jobs", $"{{\"job_id\":\"{job}\"}}");
            // To be told of a folder, the server looks into it: that belongs to it.
            var start = Stopwatch.GetTimestamp();
            await Jobs.AskAsync(server.Address, ServerProcess.Token, "PATCH", $"/api/training/local/{job}/status", $"{{\"run_folder\":{JsonSerializer.Serialize(folder)}}}");
            await TimeAsync(server, job, "");
            cold.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        Table.Row("cold: told of the folder and listed, soon after a start", Rounds.Median(cold, one => one));
        const string known = "thousand-0";
        List<double> restarted = [];
        for (var round = 0; round < Math.Max(3, options.Rounds); round++)
        {
            await server.RestartAsync();
            restarted.Add(await TimeAsync(server, known, ""));
        }

        Table.Row("the first after a start, asked for at once", Rounds.Median(restarted, one => one));
        await RepeatAsync(options, server, "`?refresh=true`", "?refresh=true");
        await RepeatAsync(options, server, "warm", "");

        async Task RepeatAsync(LoadOptions told, ServerProcess of, string name, string query)
        {
            List<double> all = [];
            for (var round = 0; round < 5 + told.Rounds * 5; round++) all.Add(await TimeAsync(of, known, query));
            Table.Row(name, Rounds.Median(all.Skip(5), one => one));
        }
    }

    private static async Task<double> TimeAsync(ServerProcess server, string job, string query)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await Jobs.AskAsync(server.Address, ServerProcess.Token, "GET", $"/api/training/checkpoints/{job}{query}");
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.GetProperty("checkpoints").GetArrayLength() != Checkpoints) throw new InvalidOperationException($"The listing has not {Checkpoints} checkpoints.");
        return took;
    }
}
