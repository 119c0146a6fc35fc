using Podium.Server.Wire;

namespace Podium.Server.Access;

/// <summary>Holds a job's own token to its job, on endpoints whose route names one.</summary>
internal static class OfJobFilter
{
    /// <summary>The route value that names the job.</summary>
    public const string RouteValue = "job_id";

    /// <summary>Answers 404 where the caller may not know of the job <c>{job_id}</c>, and 403 where it changes something and the caller may only read.</summary>
    public static TBuilder OfJob<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(static (context, next) =>
        {
            var http = context.HttpContext;
            var jobId = (string?)http.GetRouteValue(RouteValue) ?? throw new InvalidOperationException($"The route of {http.GetEndpoint()?.DisplayName} names no {RouteValue}.");
            var caller = http.Caller();
            if (!caller.MayRead(jobId)) return ValueTask.FromResult<object?>(Problems.NoJob(jobId));
            return HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || caller.MayReport(jobId)
                ? next(context)
                : ValueTask.FromResult<object?>(TypedResults.Forbid());
        });
}
