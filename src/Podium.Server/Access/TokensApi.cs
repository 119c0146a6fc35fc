using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Storage;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary><c>/api/tokens</c>: who may call.</summary>
internal static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/tokens").RequireAuthorization(Policies.Administer).WithTags("Access");
        tokens.MapGet("", async (string? job_id, PodiumStorage storage, CancellationToken cancellation) =>
            TypedResults.Ok(new TokenList([.. (await storage.Tokens.ListAsync(job_id, cancellation)).Select(TokenAnswer.Of)])));
        tokens.MapPost("", AddAsync);
        tokens.MapDelete("{name}", RevokeAsync);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(string name, Caller caller, TokenChanges tokens, CancellationToken cancellation) =>
        await tokens.RevokeAsync(name, caller.Name, cancellation) is { } fault ? fault.ToProblem() : TypedResults.NoContent();

    private static async Task<Results<Created<NewTokenAnswer>, ProblemHttpResult>> AddAsync(TokenRequest request, Caller caller, TokenChanges tokens, CancellationToken cancellation)
    {
        var added = await tokens.AddAsync(request, caller.Name, cancellation);
        return added.Fault is { } fault ? fault.ToProblem() : TypedResults.Created((string?)null, new NewTokenAnswer(TokenAnswer.Of(added.Token!), added.Secret!));
    }

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
