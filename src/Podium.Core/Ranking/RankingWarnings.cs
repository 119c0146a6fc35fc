using Podium.Strategies;
using static Podium.Ranking.Words;

namespace Podium.Ranking;

/// <summary>What a reader should know before using a ranking's best.</summary>
internal static class RankingWarnings
{
    /// <summary>Where a multi-metric choice costs more than this share of the lowest evaluation loss, a line of its own says so.</summary>
    private const double NotableCost = 0.05;

    private const double ImplausibleTrainLossRatio = 2;

    public static IReadOnlyList<RankingNote> For(RunRanking ranking, RunEvidence evidence, Resolution resolution)
    {
        var objective = resolution.Objective!;
        List<RankingNote> notes = [.. resolution.Notes];
        Unusable(ranking, notes);
        NotAtAnEvaluation(ranking, notes);
        NotSaved(ranking, notes);
        NotFinite(evidence, objective, notes);
        TrainLossScale(evidence, notes);
        Cost(ranking, evidence, notes);
        return notes;
    }

    private static void Unusable(RunRanking ranking, List<RankingNote> notes)
    {
        foreach (var ranked in ranking.Checkpoints)
        {
            var checkpoint = ranked.Checkpoint;
            if (checkpoint.IsRecommendable || !ranked.IsOwnEvaluation || !double.IsFinite(ranked.Score)) continue;
            if (ranking.Best is { IsOwnEvaluation: true } best && best.Score <= ranked.Score) continue;

            var state = checkpoint.State == CheckpointState.Damaged ? "damaged" : "incomplete";
            notes.Add(new RankingNote("best-unusable", $"{checkpoint.Path} would have won with a score of {Number(ranked.Score)}, but it is {state}."));
            return;
        }
    }

    private static void NotAtAnEvaluation(RunRanking ranking, List<RankingNote> notes)
    {
        if (ranking.Best is { IsOwnEvaluation: false } best)
        {
            notes.Add(new RankingNote(
                "no-own-evaluation",
                $"No checkpoint was saved at a step that was evaluated. {best.Checkpoint.Path} is judged by the evaluation at step {best.Scored!.Value.Step}; save and evaluate at the same steps for a firm choice."));
            return;
        }

        string[] near = [.. ranking.Checkpoints.Where(ranked => ranked is { Scored: not null, IsOwnEvaluation: false }).Select(ranked => ranked.Checkpoint.Path)];
        if (near.Length > 0)
        {
            notes.Add(new RankingNote(
                "near-evaluation",
                $"{Names(near)} {(near.Length == 1 ? "was" : "were")} saved at a step without an evaluation and {(near.Length == 1 ? "takes" : "take")} the nearest one; {(near.Length == 1 ? "it ranks" : "they rank")} below those with an evaluation of their own."));
        }
    }

    private static void NotSaved(RunRanking ranking, List<RankingNote> notes)
    {
        if (ranking.BestEvaluation is not { } best || ranking.Checkpoints.Any(ranked => ranked.Checkpoint.Step == best.Step)) return;
        // A plateau's best is by design not at the lowest evaluation.
        if (ranking.Best is { IsOwnEvaluation: true } saved && saved.Score <= best.Score) return;
        notes.Add(new RankingNote(
            "best-evaluation-not-saved",
            $"The best evaluation (step {best.Step}, score {Number(best.Score)}{(best.EvalLoss is { } loss ? $", eval_loss {Number(loss)}" : "")}) has no saved checkpoint: it was never saved there, or rotated away (save_total_limit)."));
    }

    private static void NotFinite(RunEvidence evidence, Objective objective, List<RankingNote> notes)
    {
        long? first = null;
        var count = 0;
        foreach (var evaluation in evidence.Timeline(objective.Metric).Evaluations)
        {
            if (evaluation.IsFinite) continue;
            first ??= evaluation.Step;
            count++;
        }

        if (first is { } step)
        {
            notes.Add(new RankingNote(
                "non-finite-evaluation",
                $"{Count(count, "evaluation")} {(count == 1 ? "is" : "are")} NaN or infinite, the first at step {step}, as in a training that diverged. Such a checkpoint is never recommended."));
        }
    }

    private static void TrainLossScale(RunEvidence evidence, List<RankingNote> notes)
    {
        if (evidence.EvalLoss().Key is not { } key) return;
        var lowest = double.PositiveInfinity;
        var count = 0;
        foreach (var evaluation in evidence.Timeline(key).Evaluations)
        {
            if (!evaluation.IsFinite || evaluation.Value <= 0 || evaluation.TrainLoss is not { } train) continue;
            lowest = Math.Min(lowest, train / evaluation.Value);
            count++;
        }

        if (count < 2 || lowest < ImplausibleTrainLossRatio) return;
        notes.Add(new RankingNote(
            "train-loss-scale",
            $"The training loss is at least {Number(lowest)} times the evaluation loss throughout, so it is on another scale (often summed over gradient accumulation steps). The overfitting penalty is blind here."));
    }

    private static void Cost(RunRanking ranking, RunEvidence evidence, List<RankingNote> notes)
    {
        if (ranking.Strategy is not MultiMetricStrategy || ranking.Best is not { Loss: { IsFinite: true } chosen } best) return;
        if (LowestLoss(ranking) is not { Loss: { } lowest } alternative || lowest.Value <= 0) return;

        var cost = chosen.Value / lowest.Value - 1;
        if (cost <= NotableCost) return;
        var between = evidence.Timeline(evidence.EvalLoss().Key!).Evaluations
            .Count(evaluation => evaluation.Step > Math.Min(chosen.Step, lowest.Step) && evaluation.Step <= Math.Max(chosen.Step, lowest.Step));
        notes.Add(new RankingNote(
            "eval-loss-cost",
            $"{best.Checkpoint.Path} is {Count(between, "evaluation")} {(chosen.Step < lowest.Step ? "earlier" : "later")} than {alternative.Checkpoint.Path}, which has the lowest eval_loss; it costs {Percent(cost)} of eval_loss ({Number(chosen.Value)} against {Number(lowest.Value)})."));
    }

    /// <summary>The recommendable checkpoint with the lowest evaluation loss of its own.</summary>
    internal static RankedCheckpoint? LowestLoss(RunRanking ranking)
    {
        RankedCheckpoint? lowest = null;
        foreach (var ranked in ranking.Checkpoints)
        {
            if (!ranked.Checkpoint.IsRecommendable || ranked.Loss is not { IsFinite: true } loss || loss.Step != ranked.Checkpoint.Step) continue;
            if (lowest is not { Loss: { } least } || loss.Value < least.Value || (loss.Value == least.Value && loss.Step < least.Step)) lowest = ranked;
        }

        return lowest;
    }

    private static string Names(string[] paths) => paths.Length switch
    {
        1 => paths[0],
        2 => $"{paths[0]} and {paths[1]}",
        _ => $"{paths[0]}, {paths[1]} and {paths.Length - 2} more",
    };
}
