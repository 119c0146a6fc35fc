using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Retention;

/// <summary>Which checkpoints are not deleted.</summary>
internal static class KeepRules
{
    /// <summary>Why checkpoints are kept, by path; one that is not named may be deleted.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> ReasonsToKeep(FolderRanking ranking, RetentionPolicy policy, IReadOnlyDictionary<string, CheckpointFacts> facts)
    {
        var keep = new KeepReasons();
        for (var run = 0; run < ranking.Runs.Count; run++)
        {
            var suffix = RetentionPlan.InRun(ranking, run);
            Best(ranking.Runs[run], policy.KeepBest, suffix, keep);
            Latest(ranking.Runs[run], policy, suffix, keep);
        }

        Ancestors(ranking, keep);
        keep.AddCommon(ranking, policy, facts);
        foreach (var checkpoint in ranking.Runs.SelectMany(run => run.Run.Checkpoints))
        {
            var known = facts.GetValueOrDefault(checkpoint.Path, CheckpointFacts.None);
            if (known.LinkedFrom is { } link) keep.Add(checkpoint.Path, $"{link} links to it");
            if (checkpoint.State == CheckpointState.Incomplete && known.IsYoung) keep.Add(checkpoint.Path, "is being written");
        }

        return keep.All;
    }

    /// <summary>Why the best cannot be kept: nobody knows which they are.</summary>
    public static RetentionRefusal? Refusal(FolderRanking ranking, RetentionPolicy policy)
    {
        if (policy.KeepBest == 0) return null;
        for (var run = 0; run < ranking.Runs.Count; run++)
        {
            var ranked = ranking.Runs[run];
            if (ranked.Checkpoints.Count == 0 || ranked.Best is not null) continue;
            // Whole ones with evaluations that none of them is near: no best either. Where all are damaged, there is no choice to get wrong.
            if (ranked.BestEvaluation is not null && !ranked.Checkpoints.Any(IsUsable)) continue;

            var why = ranked.Refusal?.Message ?? "No checkpoint has a finite evaluation at or near its step.";
            var which = ranking.Runs.Count > 1 ? $"run {run + 1}" : "the run";
            return new RetentionRefusal(
                ranked.Refusal is { IsWrongArgument: true } ? RetentionRefusalKind.WrongArgument : RetentionRefusalKind.NothingToRankBy,
                $"Which checkpoints of {which} are the best cannot be told, so none is deleted. {why}")
            {
                Proposal = ranked.Refusal?.Proposal,
            };
        }

        return null;
    }

    private static void Best(RunRanking run, int count, string suffix, KeepReasons keep)
    {
        List<RankedCheckpoint> scored = [.. run.Checkpoints.Where(ranked => ranked.Checkpoint.IsRecommendable && double.IsFinite(ranked.Score))];
        foreach (var (ranked, place) in FirstAndFirstWithWeights(scored, count)) keep.Add(ranked.Checkpoint.Path, $"best {place}{suffix}");
        if (count == 0 || scored.Count == 0) return;

        // An evaluation of another step may stand in a later checkpoint's history alone: the run's longest one stays with it.
        if (scored.Take(count).Any(ranked => !ranked.IsOwnEvaluation)) keep.Add(Highest(run.Checkpoints).Checkpoint.Path, $"has the evaluations{suffix}");

        // What counts as the plateau is measured from these two: without them another would be the best.
        if (run.Strategy is PlateauStrategy && scored[0].IsOwnEvaluation)
        {
            keep.Add(scored.Where(ranked => ranked.IsOwnEvaluation).MinBy(ranked => ranked.Score)!.Checkpoint.Path, $"lowest eval_loss{suffix}");
            keep.Add(scored.Where(ranked => ranked.IsOwnEvaluation).MinBy(ranked => (ranked.Checkpoint.Step, ranked.Score))!.Checkpoint.Path, $"first evaluation{suffix}");
        }
    }

    private static void Latest(RunRanking run, RetentionPolicy policy, string suffix, KeepReasons keep)
    {
        if (run.Checkpoints is [var only]) keep.Add(only.Checkpoint.Path, $"the only one{suffix}");
        List<RankedCheckpoint> usable = [.. run.Checkpoints.Where(IsUsable).OrderByDescending(ranked => ranked.Checkpoint.Step).ThenBy(ranked => ranked.Checkpoint.Path, StringComparer.Ordinal)];
        foreach (var (ranked, place) in FirstAndFirstWithWeights(usable, policy.KeepLatest)) keep.Add(ranked.Checkpoint.Path, $"latest {place}{suffix}");

        // A damaged one may still hold something, as long as it is all that is left.
        if (usable.Count == 0 && run.Checkpoints.Count > 0 && policy.KeepBest + policy.KeepLatest > 0) keep.Add(Highest(run.Checkpoints).Checkpoint.Path, $"nothing whole is left{suffix}");
    }

    /// <summary>The first ones; and where some of them have no weights, as many that have: what holds only a history takes nobody's place.</summary>
    private static IEnumerable<(RankedCheckpoint Ranked, int Place)> FirstAndFirstWithWeights(List<RankedCheckpoint> ordered, int count)
    {
        var withWeights = 0;
        for (var i = 0; i < ordered.Count; i++)
        {
            var hasWeights = ordered[i].Checkpoint.State is not CheckpointState.Weightless;
            if (hasWeights) withWeights++;
            if (i < count || (hasWeights && withWeights <= count)) yield return (ordered[i], i + 1);
        }
    }

    /// <summary>Where two runs part: from there a third can be started.</summary>
    private static void Ancestors(FolderRanking ranking, KeepReasons keep)
    {
        for (var a = 0; a < ranking.Runs.Count; a++)
        {
            var ofOne = ranking.Runs[a].Checkpoints.Select(ranked => ranked.Checkpoint.Path).ToHashSet(StringComparer.Ordinal);
            for (var b = a + 1; b < ranking.Runs.Count; b++)
            {
                List<RankedCheckpoint> shared = [.. ranking.Runs[b].Checkpoints.Where(ranked => ofOne.Contains(ranked.Checkpoint.Path))];
                if (shared.Count == 0) continue;
                keep.Add(Highest(shared.Exists(IsUsable) ? shared.FindAll(IsUsable) : shared).Checkpoint.Path, $"ancestor (runs {a + 1}, {b + 1})");
            }
        }
    }

    private static bool IsUsable(RankedCheckpoint ranked) => ranked.Checkpoint.IsRecommendable;

    private static RankedCheckpoint Highest(IEnumerable<RankedCheckpoint> checkpoints) => checkpoints.MaxBy(ranked => ranked.Checkpoint.Step)!;
}
