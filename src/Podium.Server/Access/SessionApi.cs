using Microsoft.AspNetCore.Antiforgery;

namespace Podium.Server.Access;

/// <summary>Tells pages who is signed in, and what they must send with whatever changes something.</summary>
internal static class SessionApi
{
    public static void MapSession(this IEndpointRouteBuilder routes) => routes.MapGet("/api/session", (HttpContext context, Caller caller, IAntiforgery antiforgery) =>
        TypedResults.Ok(new Session(caller.Name, Callers.WordOf(caller.Role), caller.JobId, context.IsByCookie() ? antiforgery.GetAndStoreTokens(context).RequestToken : null)))
        .RequireAuthorization(Policies.Read);

    /// <summary>Who calls.</summary>
    /// <param name="Name">The token's name.</param>
    /// <param name="Role">What it may do.</param>
    /// <param name="JobId">The one job of a job's own token.</param>
    /// <param name="CsrfToken">What a signed-in browser sends as <see cref="CookieGuard.Header"/>; null for others, which need none.</param>
    internal sealed record Session(string Name, string Role, string? JobId, string? CsrfToken);
}
