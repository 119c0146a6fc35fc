namespace Podium.Checkpoints.Retention;

/// <summary>How a folder is pruned.</summary>
public sealed record PruneOptions
{
    /// <summary>Whether it is done though a file was written a moment ago. Default: false.</summary>
    public bool Force { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told before each deletion; null: nobody is.</summary>
    public Action<PruneStep>? OnStep { get; init; }
}

/// <summary>A deletion that begins.</summary>
/// <param name="Path">What goes, relative to the run folder.</param>
/// <param name="Done">How many went before it.</param>
/// <param name="Count">How many are to go.</param>
public sealed record PruneStep(string Path, int Done, int Count);
