namespace Podium.Strategies;

/// <summary>A way to rank the checkpoints of a run.</summary>
/// <remarks>
/// The known ones: <see cref="MultiMetricStrategy"/> (the default), <see cref="EvalLossStrategy"/>,
/// <see cref="PlateauStrategy"/>, <see cref="TrainerStrategy"/>, <see cref="MetricStrategy"/>.
/// <see cref="StrategyParser"/> makes one from its name.
/// </remarks>
public abstract record Strategy
{
    private protected Strategy()
    {
    }

    /// <summary>The name as it is written on the command line and in JSON, e.g. <c>plateau:10%</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Decides what to sort a run's checkpoints by, or why that cannot be done.</summary>
    internal abstract Resolution Resolve(RunEvidence evidence);
}
