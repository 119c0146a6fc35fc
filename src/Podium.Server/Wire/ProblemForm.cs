using Podium.Storage.Databases;

namespace Podium.Server.Wire;

/// <summary>One form for whatever goes wrong, also where no handler of ours said anything.</summary>
internal static class ProblemForm
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<StorageFailures>();
        // So that what is wrong with a body reaches the one map, and is told.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = static context =>
        {
            var problem = context.ProblemDetails;
            problem.Detail ??= problem.Status switch
            {
                StatusCodes.Status404NotFound => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => $"This address takes no {context.HttpContext.Request.Method}.",
                StatusCodes.Status413PayloadTooLarge => "The body is too large.",
                StatusCodes.Status415UnsupportedMediaType => "The body has a type that this address does not take.",
                _ => problem.Title,
            };
            problem.Extensions.TryAdd("error", problem.Detail);
        });
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What callers did wrong is told to them and is nothing for the log; what we did wrong must stand there.
            SuppressDiagnosticsCallback = static context => context.Exception is StorageException or BadHttpRequestException,
        });
        app.UseStatusCodePages();
    }
}
