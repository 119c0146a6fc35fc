using System.Text;
using Podium.Server.Access;

namespace Podium.Server.Description;

/// <summary>A script for the page to try the API: whoever is signed in by cookie alone needs the second token for what changes something.</summary>
internal static class TryItScript
{
    /// <summary>Where it stands: beside the page's own files.</summary>
    public const string Path = DescriptionApi.PagePath + "/csrf.js";

    private const string Text =
        $$"""
        const usual = window.fetch;
        const session = new URL("../session", document.currentScript.src);
        window.fetch = async (input, init) => {
          const request = new Request(input, init);
          const isOurs = new URL(request.url).origin === location.origin;
          if (isOurs && !["GET", "HEAD"].includes(request.method) && !request.headers.has("Authorization")) {
            const who = await (await usual(session)).json();
            request.headers.set("{{CookieGuard.Header}}", who.csrf_token);
          }

          return usual(request);
        };
        """;

    public static void MapTryItScript(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, static () => TypedResults.Text(Text, "text/javascript", Encoding.UTF8)).RequireAuthorization(Policies.Read).ExcludeFromDescription();
}
