using Podium.Server.Configuration;
using Podium.Storage;

namespace Podium.Server.Access;

/// <summary>Whether the server may listen where it was told to.</summary>
internal static class Binding
{
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>Why it may not; null where it may.</summary>
    public static async Task<string?> FaultAsync(WebApplication app, ServerOptions options, CancellationToken cancellation)
    {
        // It would win over --urls, and nobody would have looked at what stands there.
        if (app.Configuration.GetSection(Endpoints).Exists()) return $"{Endpoints} is set. Say where to listen with --urls.";
        if (OptionFaults.IsLoopbackOnly(options) || options.AdminToken is not null) return null;
        // Whoever came first would otherwise read the first token of a server that others reach already.
        return await app.Services.GetRequiredService<PodiumStorage>().Tokens.HasAdministratorAsync(cancellation)
            ? null
            : $"--urls: {options.Urls} can be reached from other machines, and nobody is the administrator yet. Set PODIUM_ADMIN_TOKEN, or start once without --urls and keep the token that is shown.";
    }
}
