namespace Podium.Checkpoints.RunFolders;

/// <summary>How a run folder is read.</summary>
public sealed record ReadOptions
{
    /// <summary>
    /// Whether to read every state file whole and compare all its values. Without it each run's longest file is read whole
    /// and the others at both ends; only a change in the middle of another file escapes that. Default: false.
    /// </summary>
    public bool ReadAll { get; init; }

    /// <summary>The clock, which tells whether a file that ends too early may still be growing. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
