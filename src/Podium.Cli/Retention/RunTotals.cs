using Podium.Checkpoints.Retention;

namespace Podium.Cli.Retention;

/// <summary>What becomes of one run's checkpoints. Those from before a fork count in each run that holds them.</summary>
internal readonly record struct RunTotals(int Kept, int Deleted, int Stripped, long FreesBytes)
{
    /// <summary>Adds up a run, the one saved last being 1.</summary>
    public static RunTotals Of(PrunedFolder folder, int run)
    {
        List<RetentionDecision> decisions = [.. folder.Survey.Plan.Decisions.Where(decision => decision.Runs.Contains(run))];
        return new RunTotals(
            decisions.Count(decision => decision.Action == RetentionAction.Keep),
            decisions.Count(decision => decision.Action == RetentionAction.Delete),
            decisions.Count(decision => decision.Action == RetentionAction.Strip),
            decisions.Sum(decision => folder.Survey.FreesByPath.GetValueOrDefault(decision.Path)));
    }
}
