using Microsoft.OpenApi;
using Podium.Server.Access;
using Podium.Server.Configuration;

namespace Podium.Server.Description;

/// <summary>What stands above all calls: what it is, and how one says who calls.</summary>
internal static class DescriptionHead
{
    /// <summary>A token in a header.</summary>
    public const string Bearer = "bearer";

    /// <summary>A token's name and secret as user name and password.</summary>
    public const string Basic = "basic";

    /// <summary>A browser that is signed in.</summary>
    public const string Cookie = "cookie";

    public static void Write(OpenApiDocument document, ServerOptions server)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Podium",
            // Of the contract, which only grows; the program's own version is told by /version.
            Version = "1",
            Description = "Jobs, their metrics and their best checkpoints. Times are ISO 8601 UTC, durations seconds; numbers that are not finite are null. "
                + "Refusals are problem details (RFC 9457) with an `error` of the same text. A browser that is signed in sends the header X-CSRF-Token with what changes something, as the page to try this does; "
                + "a program sends a token, and so can you under Authorize.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        // The address at which it was asked for is nobody else's.
        document.Servers = server.PathBase.Length > 0 ? [new OpenApiServer { Url = server.PathBase }] : null;
        document.Components ??= new OpenApiComponents();
        // Ours has an error besides, and all refusals are described by it.
        document.Components.Schemas?.Remove("ProblemDetails");
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token: Authorization: Bearer …" },
            [Basic] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "A token's name and its secret, as user name and password." },
            [Cookie] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SignInCookie.Name, Description = $"A browser that is signed in. What changes something needs the header {CookieGuard.Header} besides, whose value GET /api/session says." },
        };
    }
}
