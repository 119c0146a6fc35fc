using System.Buffers;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary><c>/api/tokens</c>: who may call.</summary>
internal static class TokensApi
{
    // A name is a user name to some clients, which can hold no colon, and stands in addresses.
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@");

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/tokens").RequireAuthorization(Policies.Administer).WithTags("Access");
        tokens.MapGet("", async (string? job_id, PodiumStorage storage, CancellationToken cancellation) =>
            TypedResults.Ok(new TokenList([.. (await storage.Tokens.ListAsync(job_id, cancellation)).Select(TokenAnswer.Of)])));
        tokens.MapPost("", AddAsync);
        tokens.MapDelete("{name}", RevokeAsync);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string name, Caller caller, PodiumStorage storage, TokenTrail trail, CancellationToken cancellation)
    {
        var token = await storage.Tokens.FindByNameAsync(name, cancellation);
        switch (await storage.Tokens.RevokeAsync(name))
        {
            case Revocation.Done:
                if (token is not null) await trail.RevokedAsync(token, caller.Name);
                return TypedResults.NoContent();
            case Revocation.LastAdministrator: return Problems.Conflict($"'{name}' is the last token of an administrator. Make another one first, or nobody could make one.");
            default: return Problems.NotFound($"There is no token '{name}'.");
        }
    }

    private static async Task<Results<Created<NewTokenAnswer>, ProblemHttpResult>> AddAsync(
        TokenRequest request, Caller caller, PodiumStorage storage, TokenTrail trail, ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        if (FaultOf(request, options.Limits.NameLength, time.GetUtcNow()) is { } fault) return Problems.BadRequest(fault);
        if (request.JobId is { } job && await storage.Jobs.FindAsync(job, cancellation) is null) return Problems.NoJob(job);
        var token = new TokenRow
        {
            Name = request.Name!,
            Role = request.Role!,
            JobId = request.JobId,
            CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            ExpiresAt = request.ExpiresAt?.ToUnixTimeMilliseconds(),
        };
        if (await storage.Tokens.AddAsync(token) is not { } secret) return Problems.Conflict($"name: there is a token '{token.Name}' already. Revoke it first, or take another name.");
        await trail.AddedAsync(token, caller.Name);
        return TypedResults.Created((string?)null, new NewTokenAnswer(TokenAnswer.Of(token), secret));
    }

    private static string? FaultOf(TokenRequest request, int longest, DateTimeOffset now) => request switch
    {
        { Name: null or "" } => "name: give the token a name.",
        { Name: var name } when name.Length > longest => $"name: {name.Length} characters are too many; {longest} is the most ({ServerLimits.OptionOf("name_length")}).",
        { Name: var name } when name.AsSpan().ContainsAnyExcept(NameLetters) => $"name: '{name}' may have letters, digits and . _ - @ alone.",
        { Name: var name } when name.StartsWith(TokenStore.JobPrefix, StringComparison.Ordinal) => $"name: '{name}' begins like those that the server gives to jobs' own tokens.",
        { Role: null } => "role: give viewer, operator, admin or job.",
        { Role: var role } when !TokenRole.All.Contains(role, StringComparer.Ordinal) => $"role: '{role}' is none of viewer, operator, admin and job.",
        { Role: TokenRole.Job, JobId: null } => "job_id: a token of the role job needs the job that it is for.",
        { Role: not TokenRole.Job, JobId: not null } => $"job_id: a token for one job has the role job, not {request.Role}.",
        { ExpiresAt: { } expires } when expires <= now => "expires_at: this time is over.",
        _ => null,
    };

    /// <summary>A token that shall be made.</summary>
    internal sealed record TokenRequest(string? Name, string? Role, string? JobId, DateTimeOffset? ExpiresAt);

    /// <summary>The tokens, without any secret.</summary>
    internal sealed record TokenList(IReadOnlyList<TokenAnswer> Tokens);

    /// <summary>A token, without its secret.</summary>
    internal record TokenAnswer(string Name, string Role, string? JobId, DateTime CreatedAt, DateTime? ExpiresAt, DateTime? LastUsedAt)
    {
        public static TokenAnswer Of(TokenRow token) => new(token.Name, token.Role, token.JobId, TimeOf(token.CreatedAt)!.Value, TimeOf(token.ExpiresAt), TimeOf(token.LastUsedAt));

        private static DateTime? TimeOf(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime : null;
    }

    /// <summary>A token that was made.</summary>
    internal sealed record NewTokenAnswer : TokenAnswer
    {
        public NewTokenAnswer(TokenAnswer token, string secret)
            : base(token) => Token = secret;

        /// <summary>Its secret, told this once.</summary>
        public string Token { get; }
    }
}
