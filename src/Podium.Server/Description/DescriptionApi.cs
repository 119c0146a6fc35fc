using Podium.Server.Access;
using Podium.Server.Configuration;

namespace Podium.Server.Description;

/// <summary><c>/api/openapi.json</c>, what there is to call, and <c>/api/docs</c>, a page to try it.</summary>
/// <remarks>
/// Described are Podium's own calls and those of OpenAI's protocol. MLflow's are described by MLflow. Files of the page are all
/// its own and it has no script in its text, so that it needs nothing that the security headers of other pages forbid.
/// </remarks>
internal static class DescriptionApi
{
    /// <summary>Where the description stands.</summary>
    public const string Path = "/api/openapi.json";

    /// <summary>Where the page stands.</summary>
    public const string PagePath = "/api/docs";

    private static readonly string[] Prefixes = ["api/training/", "api/tokens", "api/session", "v1/", "health", "version"];

    public static void AddDescription(this IServiceCollection services, ServerOptions server) => services.AddOpenApi(options =>
    {
        options.ShouldInclude = static call => call.RelativePath is { } path && Array.Exists(Prefixes, prefix => path.StartsWith(prefix, StringComparison.Ordinal));
        options.AddSchemaTransformer(static (schema, context, _) =>
        {
            WireSchema.Correct(schema, context);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            DescribedOperation.Complete(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            DescriptionHead.Write(document, server);
            return Task.CompletedTask;
        });
    });

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Path).RequireAuthorization(Policies.Read);
        routes.MapTryItScript();
    }

    /// <summary>The page; it stands behind authorization, which sends a browser that is not signed in to do so.</summary>
    public static void UseDescriptionPage(this WebApplication app, ServerOptions server) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = PagePath[1..];
        page.DocumentTitle = "Podium: the API";
        page.SwaggerEndpoint($"{server.PathBase}{Path}", "Podium");
        page.InjectJavascript($"{server.PathBase}{TryItScript.Path}");
        page.DisplayOperationId();
        page.EnableDeepLinking();
    });
}
