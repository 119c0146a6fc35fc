using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podium.Metrics;
using Podium.Server.Access;
using Podium.Server.Wire;
using Podium.Storage;

namespace Podium.Server.Metrics;

/// <summary><c>GET /api/training/local/{job_id}/metrics/summary</c>: what each metric has come to, for comparing jobs.</summary>
internal static class BestValuesApi
{
    public static void MapBestValues(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/training/local/{job_id}/metrics/summary", ReadAsync)
            .RequireAuthorization(Policies.Read)
            .OfJob()
            .WithTags("Metrics")
            .WithSummary("Says of each metric of a job's newest run its best value, and its last.");

    private static async Task<Results<Ok<SummaryAnswer>, ProblemHttpResult>> ReadAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, PodiumStorage storage, BestValues values, CancellationToken cancellation) =>
        await storage.Jobs.FindAsync(jobId, cancellation) is { } row && await values.OfAsync(row, cancellation) is { } summary
            ? TypedResults.Ok(new SummaryAnswer(jobId, summary.Run, [.. summary.Metrics.Select(SummarizedMetric.Of)]))
            : Problems.NoJob(jobId);
}

/// <summary>What the metrics of a job have come to.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Run">Its newest run, of which this is; what came before it forked is of it too.</param>
/// <param name="Metrics">The metrics, in the order of their names.</param>
internal sealed record SummaryAnswer(string JobId, int Run, IReadOnlyList<SummarizedMetric> Metrics);

/// <summary>What a metric has come to; numbers that were not finite do not count.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Direction">min or max: which way it gets better; null where that is not known.</param>
/// <param name="Best">Its best value; null where the direction is not known, or nothing was finite.</param>
/// <param name="BestStep">Where that was first reached.</param>
/// <param name="Min">Its lowest value.</param>
/// <param name="Max">Its highest value.</param>
/// <param name="Last">Its last value.</param>
/// <param name="LastStep">Where that was.</param>
/// <param name="Count">How many points it has.</param>
internal sealed record SummarizedMetric(string Key, string? Direction, double? Best, long? BestStep, double? Min, double? Max, double? Last, long? LastStep, long Count)
{
    public static SummarizedMetric Of(MetricSummary metric) => new(
        metric.Key,
        metric.Direction switch
        {
            MetricDirection.Minimize => "min",
            MetricDirection.Maximize => "max",
            _ => null,
        },
        metric.Best?.Value,
        metric.Best?.Step,
        metric.Lowest?.Value,
        metric.Highest?.Value,
        metric.Last?.Value,
        metric.Last?.Step,
        metric.Count);
}
