using Podium.Ranking;

namespace Podium.Checkpoints.Retention;

/// <summary>What becomes of a checkpoint.</summary>
public enum RetentionAction
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is deleted.</summary>
    Delete,

    /// <summary>It stays, without what only a training that goes on from it would need.</summary>
    Strip,
}

/// <summary>What becomes of one checkpoint, and why.</summary>
/// <param name="Path">The checkpoint, relative to the run folder.</param>
/// <param name="Action">What becomes of it.</param>
/// <param name="Reasons">Why, a few words each; at least one.</param>
public sealed record RetentionDecision(string Path, RetentionAction Action, IReadOnlyList<string> Reasons)
{
    /// <summary>Its step; null where it could not be read.</summary>
    public long? Step { get; init; }

    /// <summary>Whether it could be used.</summary>
    public CheckpointState State { get; init; }

    /// <summary>The bytes of all its files.</summary>
    public long SizeBytes { get; init; }

    /// <summary>The runs that hold it, the one saved last being 1; none where it could not be read.</summary>
    public IReadOnlyList<int> Runs { get; init; } = [];
}
