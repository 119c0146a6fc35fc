namespace Podium.Server.Configuration;

/// <summary>What the server was told, by flags, environment and file.</summary>
internal sealed record ServerOptions
{
    /// <summary>Where the embedded database, the artifacts and the keys lie.</summary>
    public string Data { get; init; } = "podium-data";

    /// <summary>Where it listens.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5710";

    /// <summary>A PostgreSQL connection string; null: SQLite below <see cref="Data"/>.</summary>
    public string? Database { get; init; }

    /// <summary>The folders at or below which run folders may lie.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>Folders that are mounted elsewhere here: <c>/outputs=/mnt/runs</c>.</summary>
    public IReadOnlyList<string> Map { get; init; } = [];

    /// <summary>Where models lie that deployments refer to.</summary>
    public string? Models { get; init; }

    /// <summary>How jobs without a strategy of their own are ranked.</summary>
    public string Strategy { get; init; } = "multi-metric";

    /// <summary>A prefix below which everything is served, e.g. <c>/podium</c>.</summary>
    public string PathBase { get; init; } = "";

    /// <summary>Sets the administrator's token, for scripts.</summary>
    public string? AdminToken { get; init; }

    /// <summary>The limits.</summary>
    public ServerLimits Limits { get; init; } = new();
}

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
}
