namespace Podium.Storage.Tracking;

/// <summary>A model that a client logged, e.g. a checkpoint that the Trainer uploads.</summary>
public sealed record LoggedModel
{
    /// <summary>Its name for programs.</summary>
    public required string ModelId { get; init; }

    /// <summary>The experiment that it is of.</summary>
    public required long ExperimentId { get; init; }

    /// <summary>Its name for people, e.g. <c>checkpoint-20</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its type, as the client said; often empty.</summary>
    public required string ModelType { get; init; }

    /// <summary>The run that made it; null where that was not said.</summary>
    public string? SourceRunId { get; init; }

    /// <summary>LOGGED_MODEL_PENDING, LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED.</summary>
    public required string Status { get; init; }

    /// <summary>What the client said of the status.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>When it was made, in milliseconds since 1970 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When its status last changed, in milliseconds since 1970 UTC.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The checkpoint of the source run's job whose files it holds, while these lie in the run folder; null for all others.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Where its experiment's artifacts go; null: to the server.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary>Its params.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Params { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}
