using Podium.Evaluations;

namespace Podium.Analysis;

/// <summary>How far the evaluation loss and the training loss lie apart at one evaluation, and what that means there.</summary>
/// <param name="Absolute">Evaluation loss less training loss; below 0 early in most runs.</param>
/// <param name="Relative">The same as a share of the evaluation loss; null where that is not above 0.</param>
public readonly record struct LossGap(double Absolute, double? Relative)
{
    /// <summary>The gap at an evaluation; null where either loss is missing or not finite.</summary>
    /// <param name="evaluation">The evaluation.</param>
    public static LossGap? At(in Evaluation evaluation)
    {
        if (!evaluation.IsFinite || evaluation.TrainLoss is not { } train || !double.IsFinite(train)) return null;
        var gap = evaluation.Value - train;
        return new LossGap(gap, evaluation.Value > 0 ? gap / evaluation.Value : null);
    }

    /// <summary>
    /// The evaluation from which the run overfits: the one with the lowest loss, if after it the evaluation loss rose while
    /// the training loss went on falling. Null where that did not happen.
    /// </summary>
    /// <param name="evaluations">The run's evaluations in order.</param>
    public static Evaluation? OverfittingFrom(IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(evaluations);
        Evaluation? lowest = null, last = null;
        foreach (var evaluation in evaluations)
        {
            if (!evaluation.IsFinite) continue;
            if (lowest is not { } low || evaluation.Value < low.Value) lowest = evaluation;
            last = evaluation;
        }

        return lowest is { TrainLoss: { } then } from && last is { TrainLoss: { } now } to
            && to.Step > from.Step && to.Value > from.Value && now < then
            ? from
            : null;
    }
}
