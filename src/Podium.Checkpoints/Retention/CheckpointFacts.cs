namespace Podium.Checkpoints.Retention;

/// <summary>What the disk says of a checkpoint besides its ranking, as far as it decides whether it stays.</summary>
public sealed record CheckpointFacts
{
    /// <summary>Of a checkpoint of which nothing is known.</summary>
    public static CheckpointFacts None { get; } = new();

    /// <summary>The bytes of all its files.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Whether its folder is a link to another: its bytes lie elsewhere.</summary>
    public bool IsLink { get; init; }

    /// <summary>Whether something in it was written a moment ago.</summary>
    public bool IsYoung { get; init; }

    /// <summary>A link outside of it that leads to it or into it, relative to the run folder; null where there is none.</summary>
    public string? LinkedFrom { get; init; }

    /// <summary>A link outside of it that leads to a part of its training state; null where there is none.</summary>
    public string? TrainingStateLinkedFrom { get; init; }

    /// <summary>Whether it has a training state that can be told from its weights.</summary>
    public bool HasTrainingState { get; init; }
}
