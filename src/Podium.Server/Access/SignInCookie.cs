using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Podium.Server.Access;

/// <summary>The cookie of a browser that signed in: the token's secret, encrypted.</summary>
/// <remarks>
/// It holds the secret and not only who signed in, so that each request is held against the tokens as they stand: what was
/// revoked is out at once, and whoever reads the keys in the database can still make no cookie.
/// </remarks>
internal sealed class SignInCookie(IDataProtectionProvider protection)
{
    /// <summary>What it is called.</summary>
    public const string Name = "podium_session";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("podium.sign-in").ToTimeLimitedDataProtector();

    /// <summary>The secret in a request's cookie; null where there is none, or it was not made here, or too long ago.</summary>
    public string? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var value) || string.IsNullOrEmpty(value)) return null;
        try
        {
            return _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Write(HttpContext context, string secret) =>
        context.Response.Cookies.Append(Name, _protector.Protect(secret, Lifetime), OptionsFor(context.Request, Lifetime));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, OptionsFor(context.Request, null));

    private static CookieOptions OptionsFor(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        // A link from a chat or a mail shall show the page. What changes anything needs a second token besides: CookieGuard.
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = request.PathBase.HasValue ? request.PathBase.Value : "/",
        MaxAge = lifetime,
    };
}
