namespace Podium.Server.Configuration;

/// <summary>The names of settings, as a file has them; in the environment they begin with <c>PODIUM_</c>.</summary>
internal static class Setting
{
    public const string Data = "data";
    public const string Urls = "urls";
    public const string Database = "database";
    public const string Runs = "runs";
    public const string Map = "map";
    public const string Models = "models";
    public const string Strategy = "strategy";
    public const string PathBase = "path_base";
    public const string AdminToken = "admin_token";
    public const string TrustedProxies = "trusted_proxies";
    public const string Limits = "limits";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Data, Urls, Database, Runs, Map, Models, Strategy, PathBase, AdminToken, TrustedProxies, Limits];
}
