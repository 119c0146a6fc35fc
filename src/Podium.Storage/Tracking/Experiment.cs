namespace Podium.Storage.Tracking;

/// <summary>A group of runs.</summary>
public sealed record Experiment
{
    /// <summary>Its number; 0 is the one that is always there.</summary>
    public required long ExperimentId { get; init; }

    /// <summary>Its name, which no other has.</summary>
    public required string Name { get; init; }

    /// <summary>Where its artifacts go; null: to the server.</summary>
    public string? ArtifactLocation { get; init; }

    /// <summary>See <see cref="Tracking.LifecycleStage"/>.</summary>
    public required string LifecycleStage { get; init; }

    /// <summary>When it was made, in milliseconds since 1970 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When its name or its stage was last changed, in milliseconds since 1970 UTC.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}
