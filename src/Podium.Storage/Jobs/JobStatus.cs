namespace Podium.Storage.Jobs;

/// <summary>The states of a job, as the wire has them.</summary>
public static class JobStatus
{
    /// <summary>Waits for a machine.</summary>
    public const string Queued = "queued";

    /// <summary>Is known, and has reported nothing yet.</summary>
    public const string Pending = "pending";

    /// <summary>Reports.</summary>
    public const string Running = "running";

    /// <summary>Has come to its end.</summary>
    public const string Completed = "completed";

    /// <summary>Has broken off.</summary>
    public const string Failed = "failed";

    /// <summary>Was ended by somebody.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Was stopped for a while.</summary>
    public const string Paused = "paused";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Queued, Pending, Running, Completed, Failed, Cancelled, Paused];
}
