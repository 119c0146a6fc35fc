namespace Podium.Ranking;

/// <summary>A saved state of a run.</summary>
/// <param name="Path">Its folder (or file), relative to the run folder, with forward slashes.</param>
/// <param name="Step">The optimizer step at which it was saved, as its name says.</param>
public sealed record Checkpoint(string Path, long Step)
{
    /// <summary>The epoch at which it was saved, a fraction, if it is known.</summary>
    public double? Epoch { get; init; }

    /// <summary>The bytes of all its files.</summary>
    public long SizeBytes { get; init; }

    /// <summary>When it was saved, if that is known.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether it could be used.</summary>
    public CheckpointState State { get; init; }

    /// <summary>Whether it may be recommended at all.</summary>
    public bool IsRecommendable => State is not (CheckpointState.Damaged or CheckpointState.Incomplete);
}
