using Podium.Ranking;

namespace Podium.Checkpoints.Verification;

/// <summary>Whether a checkpoint could be used, and why not.</summary>
public sealed record CheckpointVerification
{
    /// <summary>Whether it could be used.</summary>
    public required CheckpointState State { get; init; }

    /// <summary>What is wrong, file by file; paths are relative to the checkpoint.</summary>
    public IReadOnlyList<ReadFault> Faults { get; init; } = [];

    /// <summary>The command that makes whole weights of its shards; null where there is nothing to do.</summary>
    public string? Remedy { get; init; }

    /// <summary>Whether a training can go on from it: weights, optimizer and scheduler are there and whole.</summary>
    public bool IsResumable { get; init; }

    /// <summary>What else to know, in sentences, e.g. that random states are missing.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
