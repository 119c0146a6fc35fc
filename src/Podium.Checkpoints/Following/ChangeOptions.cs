namespace Podium.Checkpoints.Following;

/// <summary>How changes of a folder are found.</summary>
public sealed record ChangeOptions
{
    /// <summary>How often to look, instead of waiting for the system's reports; null: only where it has none. More than zero.</summary>
    public TimeSpan? Poll { get; init; }

    /// <summary>How long nothing more must be reported before the folder is looked at: what is written together is seen together. Default: 0.2 s.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often to look all the same where the system reports changes, in case it lost one. Default: 30 s.</summary>
    public TimeSpan SafetyPoll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
