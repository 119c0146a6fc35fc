using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Podium.Server.Configuration;
using Podium.Storage;
using Podium.Storage.Databases;

namespace Podium.Server.Wire;

/// <summary>The one place where exceptions become answers.</summary>
internal sealed class Failures(IProblemDetailsService problems, ServerOptions options) : IExceptionHandler
{
    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Asked for only now: whoever puts the server together, as the build does for its description, has no database.
        var storage = httpContext.RequestServices.GetRequiredService<PodiumStorage>();
        // What reads the database may break off at any of its rows, and knows nothing of answers.
        var (status, detail) = (storage.Explain(exception) ?? exception) switch
        {
            DatabaseFullException full => (StatusCodes.Status507InsufficientStorage, full.Message),
            DatabaseUnavailableException gone => (StatusCodes.Status503ServiceUnavailable, gone.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, options.Limits.BodyFault),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong here; the log says what."),
        };
        if (status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = "2";
        httpContext.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = new ProblemDetails { Status = status, Detail = detail } });
    }
}
