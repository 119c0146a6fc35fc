using Microsoft.AspNetCore.WebUtilities;
using Podium.Server.MLflow.Calls;
using Podium.Server.OpenAi;
using Podium.Storage;

namespace Podium.Server.Wire;

/// <summary>One form for whatever goes wrong, also where no handler of ours said anything.</summary>
internal static class ProblemForm
{
    public static void AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<Failures>();
        // Before the usual form: clients of another protocol read that one's alone.
        services.AddSingleton<IProblemDetailsWriter, MLflowProblems>();
        services.AddSingleton<IProblemDetailsWriter, OpenAiProblems>();
        // So that what is wrong with a body reaches the one map, and is told.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = static context =>
        {
            context.ProblemDetails.Detail = DetailOf(context);
            context.ProblemDetails.Extensions.TryAdd("error", context.ProblemDetails.Detail);
        });
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What callers did wrong is told to them and is nothing for the log; what we did wrong must stand there.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException || app.Services.GetRequiredService<PodiumStorage>().Explain(context.Exception) is not null,
        });
        app.UseStatusCodePages();
    }

    /// <summary>What is wrong, in a sentence.</summary>
    public static string DetailOf(ProblemDetailsContext context) => context.ProblemDetails.Detail ?? (context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode) switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address takes no {context.HttpContext.Request.Method}.",
        StatusCodes.Status413PayloadTooLarge => "The body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The body has a type that this address does not take.",
        var status => context.ProblemDetails.Title ?? ReasonPhrases.GetReasonPhrase(status),
    };
}
