using Podium.Evaluations;
using Podium.Robustness;
using Podium.Scoring;
using Podium.Strategies;
using static Podium.Ranking.Words;

namespace Podium.Ranking;

/// <summary>Why a checkpoint stands where it stands, in sentences with numbers.</summary>
public static class RankingReasons
{
    /// <summary>The reasons for the place of one checkpoint.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="ranked">One of its checkpoints.</param>
    public static IReadOnlyList<RankingNote> For(RunRanking ranking, RankedCheckpoint ranked)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(ranked);
        return For(Facts.Of(ranking), ranked, ranked.IsBest && double.IsFinite(ranked.Score) ? RankAcceptability.Of(ranking) : null);
    }

    /// <summary>The reasons for the places of all checkpoints, in the order of the ranking; what they share is worked out once.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="acceptability">How firm the choice is, if that is known.</param>
    public static IReadOnlyList<IReadOnlyList<RankingNote>> ForAll(RunRanking ranking, RankAcceptability? acceptability)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        var facts = Facts.Of(ranking);
        return [.. ranking.Checkpoints.Select(ranked => For(facts, ranked, acceptability))];
    }

    private static List<RankingNote> For(Facts facts, RankedCheckpoint ranked, RankAcceptability? acceptability)
    {
        List<RankingNote> reasons = [];
        Place(facts, ranked, reasons);
        if (!double.IsFinite(ranked.Score)) return reasons;

        if (ranked.Loss is { IsFinite: true } loss)
        {
            Loss(facts, ranked, loss, reasons);
            if (facts.Ranking.Strategy is MultiMetricStrategy { Scorer: var scorer }) Terms(scorer, loss, reasons);
        }

        if (ranked.IsBest && acceptability is not null) Firmness(ranked, acceptability, reasons);
        return reasons;
    }

    private static void Place(Facts facts, RankedCheckpoint ranked, List<RankingNote> reasons)
    {
        var (ranking, scored, _) = facts;
        if (!double.IsFinite(ranked.Score))
        {
            reasons.Add(new RankingNote("unscored", ranked.Scored is null
                ? "It has no evaluation near its step, so it has no score."
                : $"Its evaluation at step {ranked.Scored.Value.Step} is not a finite number, so it can never be recommended."));
        }
        else if (!ranked.IsBest)
        {
            var best = ranking.Best;
            reasons.Add(new RankingNote("place", $"It stands at {ranked.Rank} of {scored} with {Result(ranking, ranked)}"
                + (best is null ? "." : $", {Number(ranked.Score - best.Score)} behind {best.Checkpoint.Path}.")));
        }
        else if (ranking.Strategy is PlateauStrategy plateau)
        {
            reasons.Add(new RankingNote("place", $"It is the latest checkpoint whose eval_loss is within {Percent(plateau.Share)} of the run's whole improvement of the lowest."));
        }
        else if (ranking.Checkpoints.Skip(1).FirstOrDefault(other => double.IsFinite(other.Score)) is { } second)
        {
            reasons.Add(new RankingNote("place", $"It is the best of {Count(scored, "checkpoint")} with {Result(ranking, ranked)}, {Number(second.Score - ranked.Score)} ahead of {second.Checkpoint.Path}."));
        }
        else
        {
            reasons.Add(new RankingNote("place", $"It is the only checkpoint that could be scored ({Result(ranking, ranked)}), so there was nothing to choose from."));
        }
    }

    /// <summary>The score, or the metric's own value where a metric is what is sorted by.</summary>
    private static string Result(RunRanking ranking, RankedCheckpoint ranked) =>
        ranking.Strategy is MultiMetricStrategy || ranked.Parts is not [var part]
            ? $"a score of {Number(ranked.Score)} (lower is better)"
            : $"{part.Name} {Number(ranked.Scored!.Value.Value)}";

    private static void Loss(Facts facts, RankedCheckpoint ranked, in Evaluation loss, List<RankingNote> reasons)
    {
        if (facts.Lowest is not { Loss: { } lowest } holder) return;
        reasons.Add(ReferenceEquals(holder, ranked) || loss.Value == lowest.Value
            ? new RankingNote("eval-loss", $"Its eval_loss, {Number(loss.Value)} (perplexity {Number(Math.Exp(loss.Value))}), is the lowest of all saved checkpoints.")
            : lowest.Value > 0
                ? new RankingNote("eval-loss", $"Its eval_loss, {Number(loss.Value)}, is {Percent(loss.Value / lowest.Value - 1)} above the lowest, {Number(lowest.Value)} at {holder.Checkpoint.Path}.")
                : new RankingNote("eval-loss", $"Its eval_loss is {Number(loss.Value)}; the lowest is {Number(lowest.Value)} at {holder.Checkpoint.Path}."));
    }

    private static void Terms(MultiMetricScorer scorer, in Evaluation loss, List<RankingNote> reasons)
    {
        var gap = scorer.OverfittingPenalty(loss.Value, loss.TrainLoss);
        reasons.Add(new RankingNote("overfitting", loss.TrainLoss is not { } train
            ? "No training loss was logged before it, so nothing can be said about overfitting and no penalty is applied."
            : gap > 0
                ? $"The training loss before it, {Number(train)}, lies {Percent(gap)} below its eval_loss: an overfitting penalty of {Number(scorer.Weights.Overfitting * gap)}."
                : $"The training loss before it, {Number(train)}, does not lie below its eval_loss: no sign of overfitting, no penalty."));
        reasons.Add(new RankingNote("improvement", loss.Improved
            ? $"The evaluation improved on the one before it: a bonus of {Number(scorer.Weights.Improvement)}."
            : $"The evaluation did not improve on the one before it ({Count(loss.EpochsWithoutImprovement, "evaluation")} in a row without improvement): no bonus."));
        if (loss.Value >= Math.Log(MultiMetricScorer.FullPenaltyPerplexity))
            reasons.Add(new RankingNote("perplexity", $"Its eval_loss is above {Number(Math.Log(MultiMetricScorer.FullPenaltyPerplexity))}, where the perplexity penalty is full and tells no checkpoints apart."));
    }

    private static void Firmness(RankedCheckpoint ranked, RankAcceptability acceptability, List<RankingNote> reasons)
    {
        var share = acceptability.ShareOf(ranked.Checkpoint.Path);
        var firm = share switch
        {
            >= 0.95 => "The choice is firm",
            >= 0.7 => "The choice is fairly firm",
            >= 0.5 => "The choice is not very firm",
            _ => "The choice is weak",
        };
        var rival = acceptability.Shares.FirstOrDefault(win => win.Path != ranked.Checkpoint.Path);
        reasons.Add(new RankingNote("robustness", $"{firm}: it stays the best in {Percent(share)} of {RankAcceptability.Draws} draws of the weights between half and double"
            + (rival is not null ? $"; {rival.Path} wins {Percent(rival.Share)}." : ".")));
    }

    /// <summary>What the reasons of all checkpoints of a ranking share.</summary>
    private sealed record Facts(RunRanking Ranking, int Scored, RankedCheckpoint? Lowest)
    {
        public static Facts Of(RunRanking ranking) => new(ranking, ranking.Checkpoints.Count(other => double.IsFinite(other.Score)), RankingWarnings.LowestLoss(ranking));
    }
}
