using Podium.Cli.Client;

namespace Podium.Cli.Tokens;

/// <summary>Where the server has tokens.</summary>
internal static class TokenPath
{
    public const string All = "/api/tokens";

    /// <summary>Where one token is.</summary>
    public static string Of(string name) => $"{All}/{PodiumClient.Part(name, "token")}";
}
