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

    /// <summary>Addresses or networks of proxies whose word is taken for who calls; this machine's is always.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The file that was read, in which the web server's own settings may stand too: certificates and log levels.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>The limits.</summary>
    public ServerLimits Limits { get; init; } = new();
}
