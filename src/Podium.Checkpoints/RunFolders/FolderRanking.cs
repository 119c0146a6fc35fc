using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.RunFolders;

/// <summary>A run folder with each of its runs ranked by itself.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Runs">The rankings of its runs, the run saved last first.</param>
public sealed record FolderRanking(RunFolder Folder, IReadOnlyList<RunRanking> Runs)
{
    /// <summary>The folder's recommendation: the best of the run that was saved last; null where that has none.</summary>
    public RankedCheckpoint? Recommended => Runs.Count > 0 ? Runs[0].Best : null;

    /// <summary>Ranks the runs of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="strategy">How to rank; null: the multi-metric score with the published weights.</param>
    /// <param name="evalLossKey">Which metric is the evaluation loss; null: <c>eval_loss</c>, or the only one there is.</param>
    public static FolderRanking Of(RunFolder folder, Strategy? strategy = null, string? evalLossKey = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new FolderRanking(folder, [.. folder.Runs.Select(run => Ranker.Rank(run.Run, strategy, evalLossKey))]);
    }
}
