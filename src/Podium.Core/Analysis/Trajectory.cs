using Podium.Evaluations;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Analysis;

/// <summary>How a run goes, told by its own course: what its losses did, never whether a number is large.</summary>
public sealed record Trajectory
{
    /// <summary>The run's evaluations by step: of its evaluation loss, or, where it has none, of the metric that is ranked by.</summary>
    public required IReadOnlyList<TrajectoryEvaluation> Evaluations { get; init; }

    /// <summary>The evaluation from which the run overfits; null where it does not.</summary>
    public required TrajectoryEvaluation? OverfittingFrom { get; init; }

    /// <summary>How far the losses lie apart at the last evaluation; null where that cannot be told.</summary>
    public required LossGap? Gap { get; init; }

    /// <summary>The perplexity of the last evaluation; null where it has none.</summary>
    public required double? Perplexity { get; init; }

    /// <summary>The lowest perplexity of all evaluations.</summary>
    public required PerplexityAt? LowestPerplexity { get; init; }

    /// <summary>How many evaluations came after the best one; null where none is best.</summary>
    public required int? EvaluationsSinceBest { get; init; }

    /// <summary>Where the loss is going.</summary>
    public required LossTrend Trend { get; init; }

    /// <summary>A sentence each on the gap, the perplexity, the trend and the time since the best: <c>loss-gap</c>, <c>perplexity</c>, <c>trend</c>, <c>since-best</c>.</summary>
    public required IReadOnlyList<RankingNote> Notes { get; init; }

    /// <summary>The trajectory of a ranked run.</summary>
    /// <param name="ranking">The ranking, whose strategy says which evaluation is the best.</param>
    public static Trajectory Of(RunRanking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        var evidence = new RunEvidence(ranking.Run, ranking.EvalLossKey);
        var objective = ranking.Refusal is null ? ranking.Strategy.Resolve(evidence).Objective : null;
        IReadOnlyList<Evaluation> losses = ranking.EvalLossKey is { } key ? evidence.Timeline(key).Evaluations : [];
        var isOfTokens = ranking.EvalLossKey is not null && TokenLossCheck.Examine(evidence, ranking.EvalLossKey) is not { Refuses: true };
        var evaluations = EvaluationsOf(evidence, losses, objective, isOfTokens);
        Evaluation? last = losses.Count == 0 ? null : losses[^1];
        var overfitting = LossGap.OverfittingFrom(losses);
        var (perplexity, lowest) = isOfTokens ? (Perplexities.Of(last?.Value), LowestOf(losses)) : (null, null);
        var since = ranking.BestEvaluation is { } best && objective is not null ? SinceBest.Of(evidence, objective, best.Step, ranking.EvalLossKey) : null;
        return new Trajectory
        {
            Evaluations = evaluations,
            OverfittingFrom = overfitting is { } from ? evaluations.First(evaluation => evaluation.Step == from.Step) : null,
            Gap = last is { } end ? LossGap.At(end) : null,
            Perplexity = perplexity,
            LowestPerplexity = lowest,
            EvaluationsSinceBest = since?.Count,
            Trend = LossTrends.Of(ranking.Run.History, losses),
            Notes =
            [
                new RankingNote("loss-gap", GapWords.Of(last, ranking.Best?.Loss)),
                new RankingNote("perplexity", TrajectoryWords.OnPerplexity(losses, isOfTokens, perplexity, lowest)),
                new RankingNote("trend", TrajectoryWords.OnTrend(ranking.Run.History, losses)),
                new RankingNote("since-best", TrajectoryWords.SinceTheBest(since, evaluations.Length, ranking.Refusal)),
            ],
        };
    }

    private static TrajectoryEvaluation[] EvaluationsOf(RunEvidence evidence, IReadOnlyList<Evaluation> losses, Objective? objective, bool isOfTokens)
    {
        var scored = objective is null ? [] : evidence.Timeline(objective.Metric).Evaluations;
        var scores = scored.ToDictionary(evaluation => evaluation.Step, evaluation => objective!.Score(evaluation));
        var isOfLoss = losses.Count > 0;
        return
        [
            .. (isOfLoss ? losses : scored).OrderBy(evaluation => evaluation.Step).Select(evaluation => new TrajectoryEvaluation(
                evaluation.Step,
                Finite(evaluation.Epoch),
                isOfLoss ? Finite(evaluation.Value) : null,
                Finite(evaluation.TrainLoss),
                isOfTokens ? Perplexities.Of(evaluation.Value) : null,
                isOfLoss ? evaluation.Improved : null,
                scores.TryGetValue(evaluation.Step, out var score) ? Finite(score) : null)),
        ];
    }

    private static PerplexityAt? LowestOf(IReadOnlyList<Evaluation> losses)
    {
        PerplexityAt? lowest = null;
        foreach (var loss in losses)
            if (Perplexities.Of(loss.Value) is { } perplexity && (lowest is not { } least || perplexity < least.Perplexity))
                lowest = new PerplexityAt(perplexity, loss.Step);

        return lowest;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

/// <summary>One evaluation of a trajectory. Numbers that were not finite are null.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Epoch">Its epoch, if it was logged.</param>
/// <param name="EvalLoss">The evaluation loss.</param>
/// <param name="TrainLoss">The training loss that belongs to it.</param>
/// <param name="Perplexity">The perplexity; null where the loss is none of tokens.</param>
/// <param name="Improved">Whether the evaluation loss lies below the last finite one before; null where there is no evaluation loss.</param>
/// <param name="Score">What the strategy makes of it; lower is better.</param>
public sealed record TrajectoryEvaluation(long Step, double? Epoch, double? EvalLoss, double? TrainLoss, double? Perplexity, bool? Improved, double? Score);

/// <summary>A perplexity, and where it was measured.</summary>
/// <param name="Perplexity">The perplexity.</param>
/// <param name="Step">The step of the evaluation.</param>
public readonly record struct PerplexityAt(double Perplexity, long Step);
