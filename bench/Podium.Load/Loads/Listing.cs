using System.Text.Json;
using Podium.Load.Client;
using Podium.Load.Server;

namespace Podium.Load.Loads;

/// <summary>The listing of a run folder, asked for again and again while nothing changes.</summary>
internal static class Listing
{
    private const int Checkpoints = 20;
    private const string Address = "/api/training/checkpoints/listed";

    public static async Task RunAsync(LoadOptions options, ServerProcess server)
    {
        Table.Begin("Warm listing of 20 checkpoints", "connections", "requests/s", "median ms", "99 % ms");
        var folder = Path.Combine(server.Runs, "listed");
        RunFolder.Make(folder, Checkpoints);
        await Jobs.AskAsync(server.Address, ServerProcess.Token, "POST", "/api/training/local/import", $"{{\"path\":{JsonSerializer.Serialize(folder)},\"job_id\":\"listed\"}}");
        using var answer = JsonDocument.Parse(await Jobs.AskAsync(server.Address, ServerProcess.Token, "GET", Address));
        if (answer.RootElement.GetProperty("checkpoints").GetArrayLength() != Checkpoints) throw new InvalidOperationException($"The listing has not {Checkpoints} checkpoints.");
        foreach (var connections in (int[])[1, 16])
            await RowAsync(options, server, connections, Address);
    }

    private static async Task RowAsync(LoadOptions options, ServerProcess server, int connections, string path)
    {
        var tokens = await Tokens.MakeAsync(server.Address, $"reader-{connections}", connections);
        using var crowd = new Crowd(server.Address, tokens.Select(token => Message.Of(server.Address, token, "GET", path)));
        var all = await Rounds.AloneAsync(options, () => crowd.RunAsync(options.Span));
        Table.Row($"{connections}", all.PerSecond, all.Median, all.Slow);
    }
}
