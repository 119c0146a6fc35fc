using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Podium.Server.Wire;
using Podium.Storage;

namespace Podium.Server.Access;

/// <summary>Finds out by its token who calls, and refuses in the form that the caller understands.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, PodiumStorage storage, SignInCookie cookie, FailedSignIns failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The only scheme there is.</summary>
    public new const string Scheme = "podium";

    private bool _isTooMany;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Presented.By(Request, cookie) is not { } shown) return AuthenticateResult.NoResult();
        // Whoever guesses is stopped before the guess is looked up; a token that is in use keeps working for its holder,
        // who may well have the same address as a program with a wrong one.
        if (failures.IsExhausted(Context) && !storage.Tokens.IsInUse(shown.Secret))
        {
            _isTooMany = true;
            return AuthenticateResult.Fail("too many wrong tokens");
        }

        var token = await storage.Tokens.FindAsync(shown.Secret, Context.RequestAborted);
        if (token is null || (shown.Name is { } name && name != token.Name))
        {
            failures.Note(Context);
            return AuthenticateResult.Fail("a wrong token");
        }

        return AuthenticateResult.Success(new AuthenticationTicket(Callers.Set(Context, token, shown.IsCookie), Scheme));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_isTooMany)
        {
            Response.Headers.RetryAfter = FailedSignIns.RetryAfter;
            await Problems.Of(StatusCodes.Status429TooManyRequests, "Too many wrong tokens came from your address. Wait a minute.").ExecuteAsync(Context);
            return;
        }

        if (IsPage(Request))
        {
            Response.Redirect($"{Request.PathBase}{SignInPaths.In}{QueryString.Create("return", $"{Request.Path}{Request.QueryString}")}");
            return;
        }

        // Who asks for Basic is told of it; a browser that only reads "Basic" here would open a window of its own for it.
        var isBasic = Request.Headers.Authorization.ToString().StartsWith(Presented.Basic, StringComparison.OrdinalIgnoreCase);
        Response.Headers.WWWAuthenticate = isBasic ? """Basic realm="podium", charset="UTF-8" """.TrimEnd() : """Bearer realm="podium" """.TrimEnd();
        var shown = Request.Headers.Authorization.Count > 0;
        await Problems.Of(StatusCodes.Status401Unauthorized, shown
            ? "This token is wrong, revoked or expired, or is no token of that user name."
            : "This needs a token: send 'Authorization: Bearer …', or a token's name and secret as user name and password.").ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Context.Caller();
        await Problems.Of(StatusCodes.Status403Forbidden, $"The token '{caller.Name}' has the role {Callers.WordOf(caller.Role)}, which may not do this.").ExecuteAsync(Context);
    }

    /// <summary>Whether a browser asks for a page, and somebody sits before it.</summary>
    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Authorization.Count == 0
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
