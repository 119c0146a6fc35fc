using Podium.Server.Wire;

namespace Podium.Server.OpenAi;

/// <summary>Says in OpenAI's form what is refused before a call is handled, or goes wrong while it is.</summary>
internal sealed class OpenAiProblems : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context) => OpenAiApi.IsCall(context.HttpContext.Request.Path);

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode;
        var (type, code) = WordsOf(status);
        await OpenAiFaults.Of(status, ProblemForm.DetailOf(context), type, null, code).ExecuteAsync(context.HttpContext);
    }

    private static (string Type, string? Code) WordsOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => (OpenAiFaults.InvalidRequest, "invalid_api_key"),
        StatusCodes.Status403Forbidden => (OpenAiFaults.InvalidRequest, "insufficient_permissions"),
        StatusCodes.Status404NotFound => (OpenAiFaults.InvalidRequest, "unknown_url"),
        StatusCodes.Status405MethodNotAllowed => (OpenAiFaults.InvalidRequest, "method_not_supported"),
        StatusCodes.Status429TooManyRequests => ("requests", "rate_limit_exceeded"),
        < 500 => (OpenAiFaults.InvalidRequest, null),
        _ => ("server_error", null),
    };
}
