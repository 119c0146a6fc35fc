using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary>Says who made a token and who revoked it: in the log, and of a job's token among the job's events too.</summary>
internal sealed partial class TokenTrail(PodiumStorage storage, ILogger<TokenTrail> logger)
{
    public Task AddedAsync(TokenRow token, string actor)
    {
        Added(token.Name, token.Role, actor);
        return NoteAsync(token, isAdded: true, actor);
    }

    public Task RevokedAsync(TokenRow token, string actor)
    {
        Revoked(token.Name, token.Role, actor);
        return NoteAsync(token, isAdded: false, actor);
    }

    private async Task NoteAsync(TokenRow token, bool isAdded, string actor)
    {
        if (token.JobId is not { } job) return;
        try
        {
            await storage.Jobs.NoteTokenAsync(job, token.Name, isAdded, actor);
        }
        catch (Exception failure) when (storage.Explain(failure) is not null)
        {
            // It is done, and its secret must reach whoever asked for it. The log has it.
        }
    }

    [LoggerMessage(EventId = 3021, Level = LogLevel.Information, Message = "The token {Name} of the role {Role} was made by {Actor}")]
    private partial void Added(string name, string role, string actor);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Information, Message = "The token {Name} of the role {Role} was revoked by {Actor}")]
    private partial void Revoked(string name, string role, string actor);
}
