namespace Podium.Storage.Events;

/// <summary>What happened to a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Seq">The job's number for it.</param>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="Time">When it was taken in, in milliseconds since 1970 UTC.</param>
/// <param name="Actor">Who did it, as far as that is known: a token's name.</param>
/// <param name="Data">More about it, a JSON object.</param>
public sealed record JobEvent(string JobId, long Seq, string Kind, long Time, string? Actor, string Data);

/// <summary>The kinds of events, as the wire has them.</summary>
public static class EventKind
{
    /// <summary>The job was made.</summary>
    public const string JobCreated = "job_created";

    /// <summary>It runs now, or has ended, …</summary>
    public const string StatusChanged = "status_changed";

    /// <summary>A run began: the first, or one that went back.</summary>
    public const string RunStarted = "run_started";

    /// <summary>An older run has gone on, and is the newest again.</summary>
    public const string RunContinued = "run_continued";

    /// <summary>Somebody has changed what the job is called, where its folder is, or how long it will be.</summary>
    public const string JobChanged = "job_changed";

    /// <summary>The job was deleted, so that it can be restored.</summary>
    public const string JobDeleted = "job_deleted";

    /// <summary>The job was restored.</summary>
    public const string JobRestored = "job_restored";

    /// <summary>A token was made that reports to the job.</summary>
    public const string TokenAdded = "token_added";

    /// <summary>Such a token was revoked.</summary>
    public const string TokenRevoked = "token_revoked";

    /// <summary>A checkpoint was saved, or what is known of one has changed.</summary>
    public const string CheckpointSaved = "checkpoint_saved";

    /// <summary>A checkpoint is no longer there.</summary>
    public const string CheckpointGone = "checkpoint_gone";

    /// <summary>Another checkpoint is the best now.</summary>
    public const string NewBest = "new_best";

    /// <summary>The job is ranked another way now.</summary>
    public const string StrategyChanged = "strategy_changed";

    /// <summary>There is something to know about the job.</summary>
    public const string Warning = "warning";
}
