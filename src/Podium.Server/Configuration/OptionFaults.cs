using System.Net;
using Podium.Strategies;

namespace Podium.Server.Configuration;

/// <summary>Finds everything that is wrong with the options, so that all of it is told at once.</summary>
internal static class OptionFaults
{
    /// <summary>What is wrong, in sentences that name the value.</summary>
    public static IReadOnlyList<string> Of(ServerOptions options)
    {
        List<string> faults = [];
        foreach (var url in options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                faults.Add($"--urls: '{url}' is no address to listen at. Give one like http://127.0.0.1:5710.");
        foreach (var runs in options.Runs)
            if (!Directory.Exists(runs))
                faults.Add($"--runs: there is no folder '{runs}'.");
        foreach (var map in options.Map)
            if (map.Split('=') is not [{ Length: > 0 }, { Length: > 0 }])
                faults.Add($"--map: '{map}' is no pair of folders. Give one like /outputs=/mnt/runs.");
        if (options.Models is { } models && !Directory.Exists(models)) faults.Add($"--models: there is no folder '{models}'.");
        if (!StrategyParser.TryParse(options.Strategy, out _, out var error)) faults.Add($"--strategy: {error}");
        if (options.PathBase.Length > 0 && (options.PathBase is not ['/', _, ..] || options.PathBase.EndsWith('/'))) faults.Add($"--path-base: '{options.PathBase}' must begin with a slash and not end with one, like /podium.");
        if (options.AdminToken is { Length: < 16 }) faults.Add("PODIUM_ADMIN_TOKEN is too short: give at least 16 characters.");
        return faults;
    }

    /// <summary>Whether every address is of this machine alone.</summary>
    public static bool IsLoopbackOnly(ServerOptions options) =>
        Array.TrueForAll(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries), url =>
            Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Host is "localhost" || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))));
}
