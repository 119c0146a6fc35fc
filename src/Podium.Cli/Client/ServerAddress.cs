using Podium.Cli.CommandLine;

namespace Podium.Cli.Client;

/// <summary>Which server is asked, and what it is shown: <c>PODIUM_URL</c> and <c>PODIUM_TOKEN</c>.</summary>
/// <param name="Url">Where it is; with a path where the server is served below one.</param>
/// <param name="Token">What is shown to be let in; null: nothing.</param>
internal sealed record ServerAddress(Uri Url, string? Token)
{
    public const string UrlVariable = "PODIUM_URL";

    public const string TokenVariable = "PODIUM_TOKEN";

    /// <summary>Where a server listens that was told nothing else.</summary>
    private const string Usual = "http://127.0.0.1:5710";

    /// <summary>Reads both from the environment.</summary>
    public static ServerAddress FromEnvironment() => Of(Environment.GetEnvironmentVariable(UrlVariable), Environment.GetEnvironmentVariable(TokenVariable));

    /// <summary>The address of a call.</summary>
    /// <param name="path">Its path and query, beginning with a slash.</param>
    public Uri Call(string path) => new($"{this}{path}");

    /// <summary>As a person types it, and never with the token.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Path).TrimEnd('/');

    private static ServerAddress Of(string? url, string? token)
    {
        var text = string.IsNullOrWhiteSpace(url) ? Usual : url.Trim();
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"{UrlVariable}: '{text}' is no address of a server. Give one like {Usual}.");

        // A token out of a file has a line end, which is none of its own. What is wrong with another is said without repeating it.
        var secret = string.IsNullOrWhiteSpace(token) ? null : token.Trim();
        if (secret is not null && secret.Any(letter => letter is <= ' ' or >= '\x7f'))
            throw new UsageException($"{TokenVariable} holds a space or a sign that no token has. Copy the token again.");
        return new ServerAddress(address, secret);
    }
}
