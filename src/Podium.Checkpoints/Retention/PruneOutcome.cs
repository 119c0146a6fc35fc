namespace Podium.Checkpoints.Retention;

/// <summary>Something that could not be deleted.</summary>
/// <param name="Path">What, relative to the run folder.</param>
/// <param name="Message">Why.</param>
public sealed record PruneFault(string Path, string Message);

/// <summary>What pruning a folder did.</summary>
public sealed record PruneOutcome
{
    /// <summary>What was planned, by the folder as it was just before.</summary>
    public required PruneSurvey Survey { get; init; }

    /// <summary>Why nothing was done; null where something could be.</summary>
    public RetentionRefusal? Refusal => Survey.Refusal;

    /// <summary>What was deleted or stripped, relative to the folder; what was left of an earlier deletion too.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>The bytes that went with it.</summary>
    public long FreedBytes { get; init; }

    /// <summary>What could not be deleted; it stopped no other.</summary>
    public IReadOnlyList<PruneFault> Faults { get; init; } = [];

    /// <summary>Whether it was stopped before all was done.</summary>
    public bool WasStopped { get; init; }
}
