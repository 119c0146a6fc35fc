using Podium.Evaluations;

namespace Podium.Strategies;

/// <summary>The lowest evaluation loss: what a Trainer does by itself, and the way back to a single metric.</summary>
public sealed record EvalLossStrategy : Strategy
{
    /// <inheritdoc/>
    public override string Name => "eval-loss";

    internal override Resolution Resolve(RunEvidence evidence)
    {
        var (key, refusal, note) = evidence.EvalLoss();
        if (refusal is not null) return refusal;
        return Resolution.Of(new LowestLoss(key!), note is null ? [] : [note]);
    }

    internal class LowestLoss(string metric) : Objective(metric)
    {
        public sealed override double Score(in Evaluation evaluation) => evaluation.IsFinite ? evaluation.Value : double.PositiveInfinity;
    }
}
