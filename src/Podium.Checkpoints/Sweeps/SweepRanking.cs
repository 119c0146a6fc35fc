using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Sweeps;

/// <summary>The checkpoints of several runs in one order, as far as their losses may be compared.</summary>
/// <param name="Groups">Runs that were evaluated on what looks like the same set, the largest group first.</param>
/// <param name="Refused">Runs that the strategy could not rank.</param>
public sealed record SweepRanking(IReadOnlyList<SweepGroup> Groups, IReadOnlyList<SweepRun> Refused)
{
    /// <summary>The one recommendation; null where nothing can be recommended, or where runs fall into groups that cannot be compared.</summary>
    public SweepCheckpoint? Recommended => Groups is [var only] ? only.Best : null;

    /// <summary>Ranks the newest run of each folder against the others.</summary>
    /// <param name="folders">The folders, ranked by one strategy.</param>
    public static SweepRanking Of(IEnumerable<FolderRanking> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        List<SweepRun> refused = [];
        List<List<SweepRun>> groups = [];
        foreach (var folder in folders)
        {
            // Other runs of a folder were restarted or abandoned: the one saved last stands for it.
            if (folder.Runs is not [var ranking, ..]) continue;
            var run = new SweepRun(folder, ranking, EvaluationSet.Of(folder.Folder, folder.Folder.Runs[0]), RunSettings.Of(folder.Folder, folder.Folder.Runs[0]));
            if (ranking.Best is null)
            {
                refused.Add(run);
                continue;
            }

            var group = groups.FindIndex(other => other[0].EvaluationSet.DifferenceFrom(run.EvaluationSet) is null);
            if (group >= 0) groups[group].Add(run);
            else groups.Add([run]);
        }

        List<List<SweepRun>> ordered = [.. groups.OrderByDescending(group => group.Count)];
        string? WhyNotWithTheFirst(List<SweepRun> group) => group == ordered[0] ? null : group[0].EvaluationSet.DifferenceFrom(ordered[0][0].EvaluationSet);
        return new SweepRanking([.. ordered.Select(group => SweepGroup.Of(group, WhyNotWithTheFirst(group)))], refused);
    }
}

/// <summary>A run of a sweep.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Ranking">Its ranking by itself.</param>
/// <param name="EvaluationSet">What it was evaluated on.</param>
/// <param name="Settings">How it was set up.</param>
public sealed record SweepRun(FolderRanking Folder, RunRanking Ranking, EvaluationSet EvaluationSet, RunSettings Settings);

/// <summary>A checkpoint of a sweep.</summary>
/// <param name="Run">Its run.</param>
/// <param name="Ranked">The checkpoint, with its score and its rank in its own run.</param>
/// <param name="Rank">Its rank among all of the group, from 1.</param>
public sealed record SweepCheckpoint(SweepRun Run, RankedCheckpoint Ranked, int Rank)
{
    /// <summary>Its path from where the folder's path was given.</summary>
    public string Path => System.IO.Path.Combine(Run.Folder.Folder.Path, Ranked.Checkpoint.Path);
}

/// <summary>Runs whose losses may be compared.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Checkpoints">All their checkpoints in one order.</param>
/// <param name="DiffersBecause">Why they cannot be compared with those of the first group; null for the first.</param>
/// <param name="DifferingSettings">The names of the settings that are not the same in all of them.</param>
public sealed record SweepGroup(
    IReadOnlyList<SweepRun> Runs,
    IReadOnlyList<SweepCheckpoint> Checkpoints,
    string? DiffersBecause,
    IReadOnlyList<string> DifferingSettings)
{
    /// <summary>The best of the group.</summary>
    public SweepCheckpoint Best => Checkpoints[0];

    internal static SweepGroup Of(List<SweepRun> runs, string? differsBecause)
    {
        var ordered = runs
            .SelectMany(run => run.Ranking.Checkpoints.Select(ranked => (Run: run, Ranked: ranked)))
            .OrderBy(pair => ClassOf(pair.Run, pair.Ranked))
            .ThenBy(pair => pair.Ranked.Score)
            .ThenBy(pair => pair.Ranked.Loss is { IsFinite: true } loss ? loss.Value : double.PositiveInfinity)
            .ThenBy(pair => pair.Ranked.Checkpoint.Step)
            .ThenBy(pair => pair.Run.Folder.Folder.Path, StringComparer.Ordinal)
            .Select((pair, i) => new SweepCheckpoint(pair.Run, pair.Ranked, i + 1));
        return new SweepGroup(runs, [.. ordered], differsBecause, RunSettings.Differing([.. runs.Select(run => run.Settings)]));
    }

    /// <summary>As within a run: evaluations of their own, near ones, none, unusable. Under a plateau each run is stood for by its choice.</summary>
    private static int ClassOf(SweepRun run, RankedCheckpoint ranked) =>
        !ranked.Checkpoint.IsRecommendable ? 4
        : !double.IsFinite(ranked.Score) ? 3
        : !ranked.IsOwnEvaluation ? 2
        : run.Ranking.Strategy is PlateauStrategy && !ranked.IsBest ? 1
        : 0;
}
