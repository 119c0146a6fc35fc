using Microsoft.AspNetCore.Http.HttpResults;

namespace Podium.Server.Pages.Assets;

/// <summary><c>/assets/…</c>: what browsers get besides pages. Also who is not signed in: the page to sign in has a look, too.</summary>
internal static class BrowserFilesApi
{
    private const string Root = "/assets";

    public static string AddressOf(HttpContext context, BrowserFile file) => $"{context.Request.PathBase}{Root}/{file.Address}";

    public static void MapBrowserFiles(this IEndpointRouteBuilder routes) => routes.MapGet($"{Root}/{{name}}", Send).AllowAnonymous().ExcludeFromDescription();

    private static Results<FileContentHttpResult, NotFound> Send(string name, HttpContext context, BrowserFiles files)
    {
        if (files.Find(name) is not { } file) return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!TakesBrotli(context.Request)) return TypedResults.Bytes(file.Content, file.Type);
        context.Response.Headers.ContentEncoding = "br";
        return TypedResults.Bytes(file.Compressed, file.Type);
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && accepted.Quality is not 0);
}
