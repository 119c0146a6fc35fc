using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary>Sees to it that there is a token with which others can be made.</summary>
/// <param name="options">What the server was told.</param>
/// <param name="storage">Where tokens are kept.</param>
/// <param name="server">Where it listens.</param>
/// <param name="terminal">Where a new token is shown, once. It is no log: nothing else is written there.</param>
internal sealed class AdministratorToken(ServerOptions options, PodiumStorage storage, IServer server, TextWriter terminal) : IHostedLifecycleService
{
    /// <summary>The token that the server was told, before it listens.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.AdminToken is { } secret) await storage.Tokens.SetAdministratorAsync(secret);
    }

    /// <summary>A new one where there is none, when it listens: one that was made before, and a port that was taken, would be a token that nobody saw.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (await storage.Tokens.HasAdministratorAsync(cancellationToken)) return;
        // An expired one may have the name still. Of several servers that start at once, one makes it.
        await storage.Tokens.RevokeAsync(TokenStore.AdministratorName);
        if (await storage.Tokens.AddAsync(new TokenRow { Name = TokenStore.AdministratorName, Role = TokenRole.Admin }) is not { } secret) return;
        await terminal.WriteLineAsync($"The administrator's token, shown this once: {secret}");
        await terminal.WriteLineAsync($"Sign in: {Address()}{options.PathBase}{SignInApi.Path}?token={secret}");
        await terminal.FlushAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Address() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? options.Urls;
}
