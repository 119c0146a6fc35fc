namespace Podium.Server.Configuration;

/// <summary>What the server takes at most.</summary>
internal sealed record ServerLimits
{
    /// <summary>Bytes of a request body that is no artifact.</summary>
    public long BodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Metrics entries of one report.</summary>
    public int BatchEntries { get; init; } = 10_000;

    /// <summary>Characters of a name.</summary>
    public int NameLength { get; init; } = 250;

    /// <summary>Jobs.</summary>
    public int Jobs { get; init; } = 100_000;

    /// <summary>Series of one job.</summary>
    public int SeriesPerJob { get; init; } = 10_000;

    /// <summary>Bytes of one artifact.</summary>
    public long ArtifactBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>Bytes of disk that uploads leave free.</summary>
    public long FreeBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Requests a second of one token.</summary>
    public int RequestsPerSecond { get; init; } = 20_000;

    /// <summary>Wrong tokens a minute from one address.</summary>
    public int FailedSignInsPerMinute { get; init; } = 30;

    /// <summary>Seconds without any report after which a running job is marked failed; 0: never. One that reports again runs again.</summary>
    public int FailSilentAfterSeconds { get; init; }

    /// <summary>What is said of a body that is too large.</summary>
    public string BodyFault => $"The body has more than {BodyBytes} bytes, the most that this server takes ({OptionOf("body_bytes")}).";

    /// <summary>What is said of a job too many.</summary>
    public string JobsFault => $"There are {Jobs} jobs already, the most that this server keeps ({OptionOf("jobs")}).";

    /// <summary>Where a limit is set, for messages to whoever met it.</summary>
    /// <param name="limit">The limit's name.</param>
    public static string OptionOf(string limit) => $"limits.{limit} in the server's settings";
}
