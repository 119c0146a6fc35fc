using System.Reflection;
using Podium.Storage;

namespace Podium.Server.Health;

/// <summary><c>/health</c> and <c>/version</c>, which need no token.</summary>
internal static class HealthApi
{
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/version", () => TypedResults.Text(Version)).AllowAnonymous().Produces<string>(StatusCodes.Status200OK, "text/plain").WithTags("Server");
        routes.MapGet("/health", async (PodiumStorage storage, CancellationToken cancellation) =>
            await storage.CheckAsync(cancellation) is { } fault
                ? Results.Json(new HealthReport("unhealthy", fault), statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Json(new HealthReport("ok", null))).AllowAnonymous()
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable).WithTags("Server");
    }

    /// <summary>How the server is.</summary>
    /// <param name="Status">ok or unhealthy.</param>
    /// <param name="Error">What is wrong; null where nothing is.</param>
    internal sealed record HealthReport(string Status, string? Error);
}
