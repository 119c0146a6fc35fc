using Podium.Server.Wire;

namespace Podium.Server.MLflow.Calls;

/// <summary>Says in MLflow's form what is refused before a call is handled, or goes wrong while it is: no token, a wrong one, too many requests, a body that is too large.</summary>
/// <remarks>Clients read the code alone, and warn of a strange server where they do not know it: these are all among theirs.</remarks>
internal sealed class MLflowProblems : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context) => MLflowApi.IsCall(context.HttpContext.Request.Path);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        await MLflowAnswer.Refused(status, CodeOf(status), ProblemForm.DetailOf(context)).ExecuteAsync(context.HttpContext);
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "UNAUTHENTICATED",
        StatusCodes.Status403Forbidden => "PERMISSION_DENIED",
        StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed => "ENDPOINT_NOT_FOUND",
        StatusCodes.Status413PayloadTooLarge => "INVALID_PARAMETER_VALUE",
        StatusCodes.Status429TooManyRequests => "REQUEST_LIMIT_EXCEEDED",
        // Clients try again by themselves.
        StatusCodes.Status503ServiceUnavailable => "TEMPORARILY_UNAVAILABLE",
        // And this they do not: there is as little room the next time.
        StatusCodes.Status507InsufficientStorage => "RESOURCE_LIMIT_EXCEEDED",
        < 500 => "BAD_REQUEST",
        _ => "INTERNAL_ERROR",
    };
}
