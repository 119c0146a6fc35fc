using Podium.Storage.Points;

namespace Podium.Storage.Tracking;

/// <summary>A job as the MLflow protocol knows it.</summary>
public sealed record TrackedRun
{
    /// <summary>The job's name for programs.</summary>
    public required string RunId { get; init; }

    /// <summary>The experiment that it is of.</summary>
    public required long ExperimentId { get; init; }

    /// <summary>Its name for people.</summary>
    public string? Name { get; init; }

    /// <summary>Who began it, as the client said.</summary>
    public required string UserId { get; init; }

    /// <summary>The job's status.</summary>
    public required string Status { get; init; }

    /// <summary>When it began, in milliseconds since 1970 UTC.</summary>
    public long StartTime { get; init; }

    /// <summary>When it ended, in milliseconds since 1970 UTC. A run that goes on may still have the old time.</summary>
    public long? EndTime { get; init; }

    /// <summary>See <see cref="Tracking.LifecycleStage"/>.</summary>
    public required string LifecycleStage { get; init; }

    /// <summary>The job whose token opened it beside its own run; null for all others.</summary>
    public string? BesideJobId { get; init; }

    /// <summary>Whether its job's own token has opened it, so that the next run which that asks for stands beside it.</summary>
    public bool IsOpened { get; init; }

    /// <summary>Where its experiment's artifacts go; null: to the server.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary>Its params, as far as they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    /// <summary>Its tags, as far as they were asked for.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>The latest point of each metric, as far as they were asked for.</summary>
    public IReadOnlyList<StoredPoint> Metrics { get; init; } = [];

    /// <summary>What it took in and put out, as far as that was asked for.</summary>
    public IReadOnlyList<RunLink> Links { get; init; } = [];
}

/// <summary>A data set or a model that a run took in, or a model that it put out.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Name">Its name among those of the kind.</param>
/// <param name="Data">A JSON object, as it was sent.</param>
public sealed record RunLink(string Kind, string Name, string Data)
{
    /// <summary>A data set that was taken in.</summary>
    public const string Dataset = "dataset";

    /// <summary>A model that was taken in.</summary>
    public const string Model = "model";

    /// <summary>A model that was put out.</summary>
    public const string Output = "output";
}

/// <summary>What of a run is read besides its row.</summary>
[Flags]
public enum RunParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><see cref="TrackedRun.Params"/>.</summary>
    Params = 1,

    /// <summary><see cref="TrackedRun.Tags"/>.</summary>
    Tags = 2,

    /// <summary><see cref="TrackedRun.Metrics"/>.</summary>
    Metrics = 4,

    /// <summary><see cref="TrackedRun.Links"/>.</summary>
    Links = 8,

    /// <summary>All.</summary>
    All = Params | Tags | Metrics | Links,
}

/// <summary>A run that is to be made.</summary>
/// <param name="RunId">Its name for programs.</param>
/// <param name="ExperimentId">The experiment that it will be of.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="UserId">Who begins it.</param>
/// <param name="StartTime">When it begins, in milliseconds since 1970 UTC; null: now.</param>
/// <param name="Tags">Its tags.</param>
public sealed record NewRun(string RunId, long ExperimentId, string Name, string UserId, long? StartTime, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>What is to change of a run; what is null stays.</summary>
/// <param name="Status">The job's status.</param>
/// <param name="EndTime">When it ended, in milliseconds since 1970 UTC.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="IsOpening">Whether a job's own token opens its own run by this.</param>
public sealed record RunChange(string? Status, long? EndTime, string? Name, bool IsOpening);

/// <summary>What a client logs of a run at once: all of it, or nothing.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Entries">Its metrics by entries; see <see cref="Jobs.JobReportEntry"/>.</param>
/// <param name="Params">Its params, each key once.</param>
/// <param name="Tags">Its tags; of several under one key the last stands.</param>
public sealed record RunLog(
    string RunId,
    IReadOnlyList<Jobs.JobReportEntry> Entries,
    IReadOnlyList<KeyValuePair<string, string>> Params,
    IReadOnlyList<KeyValuePair<string, string>> Tags);
