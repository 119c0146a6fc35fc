using System.Net;
using Npgsql;
using Podium.Server.Access;
using Podium.Strategies;

namespace Podium.Server.Configuration;

/// <summary>Finds everything that is wrong with the options, so that all of it is told at once.</summary>
internal static class OptionFaults
{
    private const int ShortestToken = 16;

    /// <summary>What is wrong, in sentences that name the value. Secrets are not repeated.</summary>
    public static IReadOnlyList<string> Of(ServerOptions options) =>
    [
        .. OfData(options),
        .. OfUrls(options.Urls),
        .. options.Runs.Where(runs => !Directory.Exists(runs)).Select(runs => $"--runs: there is no folder '{runs}'."),
        .. options.Map.Select(map => OfMap(map, options)).OfType<string>(),
        .. OfDatabase(options.Database),
        .. options.TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
            .Select(proxy => $"--trusted-proxies: '{proxy}' is neither an address like 10.0.0.7 nor a network like 10.0.0.0/8."),
        .. OfRest(options),
    ];

    /// <summary>Whether every address is of this machine alone.</summary>
    public static bool IsLoopbackOnly(ServerOptions options) => Array.TrueForAll(Split(options.Urls), url =>
        BindingAddress.Parse(url) is var address
        && (address.IsUnixPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var numbers) && IPAddress.IsLoopback(numbers))));

    private static IEnumerable<string> OfData(ServerOptions options)
    {
        if (options.Data.Length == 0) yield return "--data: the name of the folder is empty.";
        else if (File.Exists(options.Data)) yield return $"--data: '{options.Data}' is a file; give a folder.";
    }

    private static IEnumerable<string> OfUrls(string urls)
    {
        var parts = Split(urls);
        if (parts.Length == 0) yield return "--urls: give an address like http://127.0.0.1:5710.";
        foreach (var url in parts)
            if (OfUrl(url) is { } fault)
                yield return fault;
    }

    private static string? OfUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.PathBase.Length > 0) return $"--urls: '{url}' has a path. Serve below a prefix with --path-base {address.PathBase}.";
            if (address.Scheme is "http" or "https" && address.Port is >= 0 and <= IPEndPoint.MaxPort) return null;
        }
        catch (FormatException)
        {
            // As any other that is none.
        }

        return $"--urls: '{url}' is no address to listen at. Give one like http://127.0.0.1:5710.";
    }

    private static string? OfMap(string pair, ServerOptions options)
    {
        if (FolderMap.Parse(pair) is not { } map) return $"--map: '{pair}' is no pair of folders. Give one like /outputs=/mnt/runs.";
        if (!Directory.Exists(map.Here)) return $"--map: there is no folder '{map.Here}'.";
        return new AllowedFolders(options.Runs, []).TryFind(map.Here, out _, out _) ? null : $"--map: '{map.Here}' lies at or below no folder of --runs. Add --runs {map.Here}.";
    }

    private static IEnumerable<string> OfDatabase(string? connection)
    {
        if (connection is null) yield break;
        string? fault = null;
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host)) fault = "it names no Host";
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            fault = failure is KeyNotFoundException ? "it has an unknown key" : "it is malformed";
        }

        // A password may stand in it.
        if (fault is not null) yield return $"--database: this is no connection string of PostgreSQL ({fault}). Give one like \"Host=db;Database=podium;Username=podium;Password=…\".";
    }

    private static IEnumerable<string> OfRest(ServerOptions options)
    {
        if (options.Models is { } models && !Directory.Exists(models)) yield return $"--models: there is no folder '{models}'.";
        if (!StrategyParser.TryParse(options.Strategy, out _, out var error)) yield return $"--strategy: {error}";
        if (options.PathBase.Length > 0 && !IsPrefix(options.PathBase)) yield return $"--path-base: '{options.PathBase}' must begin with a slash and not end with one, like /podium, and have letters, digits and . _ - ~ alone.";
        if (options.AdminToken is { Length: < ShortestToken }) yield return $"PODIUM_ADMIN_TOKEN is too short: give at least {ShortestToken} characters.";
        else if (options.AdminToken is { } token && token.Any(letter => letter is <= ' ' or >= '\x7f')) yield return "PODIUM_ADMIN_TOKEN may have letters, digits and signs of ASCII alone, and no space: it is sent in a header.";
    }

    private static bool IsPrefix(string prefix) =>
        prefix is ['/', _, ..] && prefix[1..].Split('/').All(part => part.Length > 0 && part is not ("." or "..") && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '~'));

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
