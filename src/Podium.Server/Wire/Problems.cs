using Microsoft.AspNetCore.Http.HttpResults;

namespace Podium.Server.Wire;

/// <summary>Refusals in the form of RFC 9457, with an <c>error</c> of the same text for clients of the old system.</summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, detail);

    public static ProblemHttpResult NotImplemented(string detail) => Of(StatusCodes.Status501NotImplemented, detail);

    public static ProblemHttpResult NoJob(string jobId) => NotFound($"There is no job '{jobId}'.");

    public static ProblemHttpResult Of(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["error"] = detail });
}
