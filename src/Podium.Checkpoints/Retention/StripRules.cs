using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Retention;

/// <summary>From which checkpoints the training state is not taken.</summary>
internal static class StripRules
{
    /// <summary>Why checkpoints are left as they are, by path; one that is not named loses its training state.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReasonsToSpare(FolderRanking ranking, RetentionPolicy policy, IReadOnlyDictionary<string, CheckpointFacts> facts)
    {
        var keep = new KeepReasons();
        for (var run = 0; run < ranking.Runs.Count; run++)
        {
            List<Checkpoint> latest = [.. ranking.Runs[run].Run.Checkpoints.OrderByDescending(checkpoint => checkpoint.Step).ThenBy(checkpoint => checkpoint.Path, StringComparer.Ordinal)];
            var resumable = latest.FindAll(checkpoint => ranking.Folder.Verifications.GetValueOrDefault(checkpoint.Path) is { IsResumable: true });
            // A trainer of somebody's own may go on from less than we ask for: the last state of a run is not thrown away.
            var (stays, called) = resumable.Count > 0
                ? (resumable, "latest resumable")
                : (latest.FindAll(checkpoint => checkpoint.IsRecommendable && facts.GetValueOrDefault(checkpoint.Path, CheckpointFacts.None).HasTrainingState), "latest training state");
            for (var i = 0; i < Math.Min(policy.KeepLatest, stays.Count); i++) keep.Add(stays[i].Path, $"{called} {i + 1}{RetentionPlan.InRun(ranking, run)}");
        }

        keep.AddCommon(ranking, policy, facts);
        foreach (var checkpoint in ranking.Runs.SelectMany(run => run.Run.Checkpoints))
        {
            var known = facts.GetValueOrDefault(checkpoint.Path, CheckpointFacts.None);
            if (known.TrainingStateLinkedFrom is { } link) keep.Add(checkpoint.Path, $"{link} links into it");
            if (!known.HasTrainingState) keep.Add(checkpoint.Path, "no training state");
            // The shards of an optimizer may be the only weights that there are.
            else if (checkpoint.State != CheckpointState.Complete) keep.Add(checkpoint.Path, $"{checkpoint.State.Spelling()}: its weights are not whole");
        }

        return keep.All;
    }
}
