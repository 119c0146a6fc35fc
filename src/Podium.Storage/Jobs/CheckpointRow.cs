namespace Podium.Storage.Jobs;

/// <summary>A saved checkpoint as it is kept. It outlives its folder.</summary>
public sealed record CheckpointRow
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Its folder, relative to the run folder.</summary>
    public required string Path { get; init; }

    /// <summary>The number of the run that saved it last; null on the way in: the newest, unless it is known to be the same save.</summary>
    public long? Run { get; init; }

    /// <summary>Its step.</summary>
    public required long Step { get; init; }

    /// <summary>Its epoch, a fraction.</summary>
    public double? Epoch { get; init; }

    /// <summary>The bytes of all its files.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>complete, incomplete, damaged, needs-consolidation or weightless.</summary>
    public required string State { get; init; }

    /// <summary>When it was saved, in milliseconds since 1970 UTC.</summary>
    public long? CreatedAt { get; init; }

    /// <summary>When it was found to be gone; null while it is there.</summary>
    public long? GoneAt { get; init; }

    /// <summary>The job's number for the event that said so.</summary>
    public long Seq { get; init; }
}
