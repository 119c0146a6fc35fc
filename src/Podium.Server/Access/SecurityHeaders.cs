using Microsoft.Net.Http.Headers;

namespace Podium.Server.Access;

/// <summary>What tells browsers to trust nothing but our own files, on every answer.</summary>
internal static class SecurityHeaders
{
    // Pictures in the text of style sheets, such as the arrows of the page to try the API, can do nothing.
    // The one style that a script may bring is that of Turbo's progress bar, told by its hash: it is put in whether or not the bar is shown.
    private const string ContentPolicy = "default-src 'self'; style-src 'self' 'sha256-WAyOw4V+FqDc35lQPyRADLBWbuNK8ahvYEaQIYF1+Ps='; img-src 'self' data:; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        // At the last moment: where an exception becomes an answer, headers that were set before are thrown away.
        context.Response.OnStarting(static state => Set((HttpResponse)state), context.Response);
        return next(context);
    });

    private static Task Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // A ready link has a token in its address; that must not be told to where somebody goes next.
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // What may be kept says so itself: files of the pages, series with their ETag.
        if (!headers.ContainsKey(HeaderNames.CacheControl)) headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
