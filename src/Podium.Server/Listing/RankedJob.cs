using Podium.Histories;
using Podium.Ranking;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Server.Listing;

/// <summary>A job with all that its ranking needs.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Strategy">How it is to be ranked: as was asked for, else its own way, else the server's.</param>
/// <param name="Runs">Its runs, the newest last; there is at least one.</param>
internal sealed record RankedJob(JobRow Row, Strategy Strategy, IReadOnlyList<JobRunContents> Runs)
{
    /// <summary>The one run of a job of which nothing is known.</summary>
    public static readonly JobRunContents Nothing = new(1, null, null, new Run(TrainingHistory.Empty, []));

    /// <summary>Reads one.</summary>
    /// <param name="storage">Where from.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="asked">How it is to be ranked; null: its own way, else the server's.</param>
    /// <param name="serversOwn">The server's way.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public static async Task<RankedJob?> ReadAsync(PodiumStorage storage, string jobId, Strategy? asked, string serversOwn, CancellationToken cancellation)
    {
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } row) return null;
        var strategy = asked ?? (row.Strategy is { } own && StrategyParser.TryParse(own, out var named, out _) ? named : ServersWay(serversOwn));
        var runs = await storage.Jobs.ReadRunsAsync(jobId, strategy, cancellation);
        return new RankedJob(row, strategy, runs.Count == 0 ? [Nothing] : runs);
    }

    /// <summary>How jobs without a strategy of their own are ranked. The default counts as not asked for: it is not applied where it means nothing.</summary>
    /// <param name="name">The server's strategy by its name.</param>
    public static Strategy ServersWay(string name) =>
        name is not "multi-metric" && StrategyParser.TryParse(name, out var strategy, out _) ? strategy : new MultiMetricStrategy();
}
