namespace Podium.Evaluations;

/// <summary>One evaluation of a run, with what the scoring needs to know of its place in the history.</summary>
/// <param name="Step">The optimizer step at which it was measured.</param>
/// <param name="Epoch">The epoch, a fraction, if it was logged.</param>
/// <param name="Value">The measured value: the evaluation loss in nats per token, or the metric that a strategy asked for. It may be NaN or infinite.</param>
/// <param name="TrainLoss">
/// T: the mean of the finite training losses logged since the evaluation before, weighted by the steps each stands for;
/// null where none was logged.
/// </param>
/// <param name="EpochsWithoutImprovement">How many evaluations in a row, up to this one, did not improve on the one before; 0: this one improved.</param>
public readonly record struct Evaluation(long Step, double? Epoch, double Value, double? TrainLoss, int EpochsWithoutImprovement)
{
    /// <summary>Whether the value lies strictly below the last finite one before it; the first finite one counts as improved.</summary>
    public bool Improved => EpochsWithoutImprovement == 0;

    /// <summary>Whether <see cref="Value"/> is a finite number.</summary>
    public bool IsFinite => double.IsFinite(Value);
}
