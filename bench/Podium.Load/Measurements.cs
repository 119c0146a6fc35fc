using Podium.Load.Bare;
using Podium.Load.Loads;
using Podium.Load.Server;

namespace Podium.Load;

/// <summary>All measurements in turn, on one server.</summary>
internal static class Measurements
{
    /// <summary>What they are called.</summary>
    public static string[] All { get; } = ["batched", "single", "mlflow", "listing", "long-listing", "series"];

    public static async Task RunAsync(LoadOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"podium-load-{Environment.ProcessId}")).FullName;
        using var postgres = options.Postgres is { } connection ? new PostgresForIt(connection) : null;
        await using var server = await ServerProcess.StartAsync(options.Program, folder, postgres?.Connection);
        Console.WriteLine($"Kept in {(postgres is null ? "SQLite" : "PostgreSQL")}; rounds of {options.Span.TotalSeconds:0.#} s, the median of {options.Rounds}; the client shares the {Environment.ProcessorCount} cores.");
        if (options.Includes("batched"))
        {
            using BareLoop bare = postgres is null ? new BareSqlite(Path.Combine(folder, "bare.db"), server.File) : new BarePostgres(postgres.Connection);
            await Reports.BatchedAsync(options, server, bare);
        }

        if (options.Includes("single")) await Reports.SingleAsync(options, server);
        if (options.Includes("mlflow")) await MLflowCalls.RunAsync(options, server);
        if (options.Includes("listing")) await Listing.RunAsync(options, server);
        if (options.Includes("long-listing")) await LongListing.RunAsync(options, server);
        if (options.Includes("series")) await LongSeries.RunAsync(options, server);
        if (options.Memory) await MemoryUse.RunAsync(server);
    }
}
