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
/// <param name="logger">Says where a new token was put that is not shown.</param>
/// <param name="terminal">Where a new token is shown, once: somebody sits before it. Null: nobody does, and what is printed is kept with the logs, where no secret may stand.</param>
internal sealed partial class AdministratorToken(ServerOptions options, PodiumStorage storage, IServer server, ILogger<AdministratorToken> logger, TextWriter? terminal = null) : IHostedLifecycleService
{
    /// <summary>The file in the data folder that takes the place of the terminal.</summary>
    public const string FileName = "admin-token";

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
        if (terminal is null)
        {
            await HandOverAsync(secret, cancellationToken);
            return;
        }

        await terminal.WriteLineAsync($"The administrator's token, shown this once: {secret}");
        await terminal.WriteLineAsync($"Sign in: {Address()}{options.PathBase}{SignInPaths.In}?token={secret}");
        await terminal.FlushAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task HandOverAsync(string secret, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(Path.Combine(options.Data, FileName));
        try
        {
            // One that is left from before may be another's to read.
            File.Delete(path);
            var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var file = new StreamWriter(path, create);
            await file.WriteLineAsync(secret.AsMemory(), cancellation);
        }
        catch
        {
            // A token that nobody can read: the next start shall make another one.
            await storage.Tokens.RevokeAsync(TokenStore.AdministratorName);
            throw;
        }

        var address = $"{Address()}{options.PathBase}{SignInPaths.In}";
        Written(path, address);
    }

    private string Address() => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/') ?? options.Urls;

    [LoggerMessage(EventId = 3023, Level = LogLevel.Information, Message = "The administrator's token was made and written to {File}, which its owner alone may read. Sign in with it at {Address}, and delete the file")]
    private partial void Written(string file, string address);
}
