using Podium.Analysis;

namespace Podium.Checkpoints.Following;

/// <summary>How far the newest run of a folder is, by its checkpoints and by what is logged between them.</summary>
public sealed record RunProgress
{
    /// <summary>The last step that is known; null before anything was logged.</summary>
    public long? Step { get; init; }

    /// <summary>How many steps the run is to have; null while that is not known.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>The epoch, a fraction, if it is logged.</summary>
    public double? Epoch { get; init; }

    /// <summary>How long it will still take; null while that cannot be said.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>The training losses by step, those that are finite.</summary>
    public IReadOnlyList<StepLoss> TrainLosses { get; init; } = [];

    /// <summary>The evaluation losses by step, those that are finite.</summary>
    public IReadOnlyList<StepLoss> EvalLosses { get; init; } = [];

    /// <summary>Where the evaluation loss is going.</summary>
    public LossTrend Trend { get; init; }

    /// <summary>What says that the run has come to its end.</summary>
    public RunEnd End { get; init; }

    /// <summary>The last training loss.</summary>
    public StepLoss? TrainLoss => TrainLosses is [.., var last] ? last : null;

    /// <summary>The last evaluation loss.</summary>
    public StepLoss? EvalLoss => EvalLosses is [.., var last] ? last : null;

    /// <summary>0 to 100; null while it cannot be said.</summary>
    public double? Percent => Step is { } step && MaxSteps is > 0 and var steps ? Math.Clamp(100.0 * step / steps, 0, 100) : null;

    /// <summary>Whether it says the same as another one, the time that remains apart.</summary>
    internal bool IsWhere(RunProgress other) =>
        Step == other.Step && MaxSteps == other.MaxSteps && Epoch == other.Epoch && TrainLoss == other.TrainLoss && EvalLoss == other.EvalLoss && End == other.End;
}

/// <summary>A loss at a step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Loss">The loss, finite.</param>
public readonly record struct StepLoss(long Step, double Loss);

/// <summary>What says that a run has come to its end.</summary>
public enum RunEnd
{
    /// <summary>Nothing does.</summary>
    None,

    /// <summary>Its last step was logged; an evaluation and a save may still follow.</summary>
    Logged,

    /// <summary>Its last step was saved, or its closing entry was logged.</summary>
    Closed,
}
