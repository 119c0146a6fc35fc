using Podium.Evaluations;

namespace Podium.Scoring;

/// <summary>The multi-metric score: <c>0.5·E + 0.3·G + 0.1·P − 0.1·I</c>, lower is better.</summary>
/// <remarks>
/// E: evaluation loss. G: the share of it that lies above the training loss. P: its perplexity over 20, at most 1, and so
/// constant above E = ln 20. I: 1 if the evaluation improved on the one before. The formula, its sources and what it
/// cannot see are in docs/scoring.md. Immutable and safe to share between threads.
/// </remarks>
public sealed class MultiMetricScorer
{
    /// <summary>The perplexity at and above which the perplexity penalty is full.</summary>
    public const double FullPenaltyPerplexity = 20;

    private const double SmallestDivisor = 0.001;

    /// <summary>A scorer with the published weights and the one-sided gap.</summary>
    public static MultiMetricScorer Default { get; } = new(ScoreWeights.Default, GapMode.OneSided);

    /// <summary>A scorer with weights of one's own.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="gap">Which differences count as overfitting.</param>
    public MultiMetricScorer(ScoreWeights weights, GapMode gap = GapMode.OneSided)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Weights = weights;
        Gap = gap;
    }

    /// <summary>The weights.</summary>
    public ScoreWeights Weights { get; }

    /// <summary>Which differences count as overfitting.</summary>
    public GapMode Gap { get; }

    /// <summary>Scores one evaluation.</summary>
    /// <param name="evaluation">The evaluation, with its training loss and whether it improved.</param>
    public ScoreComponents Score(in Evaluation evaluation) =>
        Score(evaluation.Value, evaluation.TrainLoss, evaluation.EpochsWithoutImprovement);

    /// <summary>Scores from the bare numbers.</summary>
    /// <param name="evalLoss">E, in nats per token. Null, NaN or infinite: the score is +∞.</param>
    /// <param name="trainLoss">T. Null, negative or not finite: no overfitting penalty.</param>
    /// <param name="epochsWithoutImprovement">0 if the evaluation improved; the default, 1, stands for not known.</param>
    public ScoreComponents Score(double? evalLoss, double? trainLoss = null, int epochsWithoutImprovement = 1)
    {
        if (evalLoss is not { } loss || !double.IsFinite(loss))
            return new ScoreComponents(double.PositiveInfinity, 0, 0, 0);

        return new ScoreComponents(
            Weights.EvalLoss * loss,
            Weights.Overfitting * OverfittingPenalty(loss, trainLoss),
            Weights.Perplexity * PerplexityPenalty(loss),
            epochsWithoutImprovement == 0 ? -Weights.Improvement : 0);
    }

    /// <summary>G: the share of the evaluation loss that lies above the training loss, <c>max(0, E − T) / max(E, 0.001)</c>.</summary>
    /// <param name="evalLoss">E, finite.</param>
    /// <param name="trainLoss">T, or null.</param>
    /// <returns>At least 0; one-sided at most 1.</returns>
    public double OverfittingPenalty(double evalLoss, double? trainLoss)
    {
        if (trainLoss is not { } train || !double.IsFinite(train) || train < 0 || evalLoss <= 0) return 0;

        // (E − T) / E is written as 1 − T / E: rounded so, it never falls where E rises, as a difference of two rounded terms can.
        var gap = evalLoss >= SmallestDivisor ? 1 - train / evalLoss : (evalLoss - train) / SmallestDivisor;
        return Gap == GapMode.TwoSided ? Math.Abs(gap) : Math.Max(0, gap);
    }

    /// <summary>P: <c>min(exp(E) / 20, 1)</c>.</summary>
    /// <param name="evalLoss">E, finite.</param>
    public static double PerplexityPenalty(double evalLoss) => Math.Min(Math.Exp(evalLoss) / FullPenaltyPerplexity, 1);
}
