using System.Buffers;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary>Makes and revokes tokens, for programs and in pages alike.</summary>
internal sealed class TokenChanges(PodiumStorage storage, TokenTrail trail, ServerOptions options, TimeProvider time)
{
    // A name is a user name to some clients, which can hold no colon, and stands in addresses.
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@");

    /// <summary>Makes a token.</summary>
    /// <param name="request">What it shall be.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellation">Ends the checks before it is made.</param>
    public async Task<AddedToken> AddAsync(TokenRequest request, string actor, CancellationToken cancellation)
    {
        if (FaultOf(request, options.Limits.NameLength, time.GetUtcNow()) is { } fault) return new(null, null, fault);
        if (request.JobId is { } job && await storage.Jobs.FindAsync(job, cancellation) is null)
            return new(null, null, new FieldFault(StatusCodes.Status404NotFound, null, $"There is no job '{job}'."));
        var token = new TokenRow
        {
            Name = request.Name!,
            Role = request.Role!,
            JobId = request.JobId,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ExpiresAt = request.ExpiresAt?.ToUnixTimeMilliseconds(),
        };
        if (await storage.Tokens.AddAsync(token) is not { } secret)
            return new(null, null, new FieldFault(StatusCodes.Status409Conflict, "name", $"there is a token '{token.Name}' already. Revoke it first, or take another name."));
        await trail.AddedAsync(token, actor);
        return new(token, secret, null);
    }

    /// <summary>Revokes a token.</summary>
    /// <returns>Why it was not; null where it was.</returns>
    public async Task<FieldFault?> RevokeAsync(string name, string actor, CancellationToken cancellation)
    {
        var token = await storage.Tokens.FindByNameAsync(name, cancellation);
        switch (await storage.Tokens.RevokeAsync(name))
        {
            case Revocation.Done:
                if (token is not null) await trail.RevokedAsync(token, actor);
                return null;
            case Revocation.LastAdministrator:
                return new FieldFault(StatusCodes.Status409Conflict, null, $"'{name}' is the last token of an administrator. Make another one first, or nobody could make one.");
            default:
                return new FieldFault(StatusCodes.Status404NotFound, null, $"There is no token '{name}'.");
        }
    }

    private static FieldFault? FaultOf(TokenRequest request, int longest, DateTimeOffset now) => request switch
    {
        { Name: null or "" } => Wrong("name", "give the token a name."),
        { Name: var name } when name.Length > longest => Wrong("name", $"{name.Length} characters are too many; {longest} is the most ({ServerLimits.OptionOf("name_length")})."),
        { Name: var name } when name.AsSpan().ContainsAnyExcept(NameLetters) => Wrong("name", $"'{name}' may have letters, digits and . _ - @ alone."),
        { Name: var name } when name.StartsWith(TokenStore.JobPrefix, StringComparison.Ordinal) => Wrong("name", $"'{name}' begins like those that the server gives to jobs' own tokens."),
        { Role: null } => Wrong("role", "give viewer, operator, admin or job."),
        { Role: var role } when !TokenRole.All.Contains(role, StringComparer.Ordinal) => Wrong("role", $"'{role}' is none of viewer, operator, admin and job."),
        { Role: TokenRole.Job, JobId: null } => Wrong("job_id", "a token of the role job needs the job that it is for."),
        { Role: not TokenRole.Job, JobId: not null } => Wrong("job_id", $"a token for one job has the role job, not {request.Role}."),
        { ExpiresAt: { } expires } when expires <= now => Wrong("expires_at", "this time is over."),
        _ => null,
    };

    private static FieldFault Wrong(string field, string message) => new(StatusCodes.Status400BadRequest, field, message);
}

/// <summary>A token that shall be made.</summary>
internal sealed record TokenRequest(string? Name, string? Role, string? JobId, DateTimeOffset? ExpiresAt);

/// <summary>What became of a wish for a token: the token with its secret, or a fault.</summary>
internal sealed record AddedToken(TokenRow? Token, string? Secret, FieldFault? Fault);
