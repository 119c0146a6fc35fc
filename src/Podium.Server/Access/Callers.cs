using System.Security.Claims;
using Podium.Storage.Tokens;

namespace Podium.Server.Access;

/// <summary>Who calls, as a request carries it.</summary>
internal static class Callers
{
    /// <summary>Where a request says that its caller is known by a browser's cookie, which a strange page can make the browser send.</summary>
    private static readonly object CameByCookie = new();

    /// <summary>Who calls. A handler can have a <see cref="Caller"/> among its parameters instead.</summary>
    /// <exception cref="InvalidOperationException">Nobody known does: the endpoint lets everybody in.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.CallerOrNull() ?? throw new InvalidOperationException("Nobody is known here: the endpoint allows anonymous callers.");

    /// <summary>Who calls; null where no token came, or a wrong one.</summary>
    public static Caller? CallerOrNull(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Whether a browser's cookie says who calls, and not a header that only the caller's own program sets.</summary>
    public static bool IsByCookie(this HttpContext context) => context.Items.ContainsKey(CameByCookie);

    /// <summary>Notes who calls.</summary>
    public static ClaimsPrincipal Set(HttpContext context, TokenRow token, bool byCookie)
    {
        var caller = new Caller(token.Name, RoleOf(token.Role), token.JobId);
        context.Features.Set(caller);
        if (byCookie) context.Items[CameByCookie] = true;
        return new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.Name, caller.Name), new(ClaimTypes.NameIdentifier, caller.Name), new(ClaimTypes.Role, token.Role)], TokenAuthentication.Scheme));
    }

    /// <summary>A role's word in the database and on the wire.</summary>
    public static string WordOf(Role role) => role switch
    {
        Role.Viewer => TokenRole.Viewer,
        Role.Operator => TokenRole.Operator,
        Role.Admin => TokenRole.Admin,
        Role.Job => TokenRole.Job,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    private static Role RoleOf(string word) => word switch
    {
        TokenRole.Viewer => Role.Viewer,
        TokenRole.Operator => Role.Operator,
        TokenRole.Admin => Role.Admin,
        TokenRole.Job => Role.Job,
        _ => throw new InvalidOperationException($"A token has the role '{word}', which this Podium does not know."),
    };
}
