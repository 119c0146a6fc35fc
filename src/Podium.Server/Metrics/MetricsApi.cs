using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Reports;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary><c>POST /api/training/local/metrics</c>: trainers report here, as JSON or as a stream of lines.</summary>
internal static class MetricsApi
{
    private static readonly string[] LineTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/training/local/metrics", ReportAsync)
            .RequireAuthorization(Policies.Report)
            .Accepts<ReportedMetrics>("application/json", LineTypes)
            .WithTags("Metrics")
            .WithSummary("Reports metrics of a job.")
            .WithDescription("JSON: {job_id, metrics: [{step, epoch, train_loss, eval_loss, …}]}. As application/x-ndjson one metrics object a line, each with its job_id, or without one where ?job_id= or the token says which; what was read of a stream is kept as it comes.");

    private static async Task<Results<Ok<ReportAnswer>, ProblemHttpResult>> ReportAsync(
        HttpContext context, Caller caller, PodiumStorage storage, SeriesLimit series, ServerOptions options, CancellationToken cancellation)
    {
        if (IsStream(context.Request))
        {
            // A stream has no end that was known before: its lines are limited, and it is not.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
            return await new ReportStream(caller, storage, series, options.Limits).TakeAsync(context.Request, cancellation);
        }

        ParsedReport report;
        using (var body = await RequestBody.ReadAsync(context.Request, cancellation))
            report = ReportParser.Parse(body.Bytes, options.Limits.NameLength, options.Limits.BatchEntries);

        if (report.Fault is { } fault) return Problems.BadRequest(fault);
        if ((report.JobId ?? caller.JobId) is not { Length: > 0 } jobId) return Problems.BadRequest("job_id is missing.");
        if (!caller.MayReport(jobId)) return Problems.NoJob(jobId);
        if (await series.FaultAsync(jobId, report.MetricNames, cancellation) is { } tooMany) return Problems.BadRequest(tooMany);
        return await storage.Jobs.ReportAsync(new JobReport(jobId, PointSource.Report, report.Entries), caller.Name)
            ? TypedResults.Ok(new ReportAnswer(true, report.Entries.Count))
            : Problems.NoJob(jobId);
    }

    private static bool IsStream(HttpRequest request) =>
        request.ContentType is { } type && Array.Exists(LineTypes, line => type.StartsWith(line, StringComparison.OrdinalIgnoreCase));
}

/// <summary>That a report was kept.</summary>
/// <param name="Success">True.</param>
/// <param name="Count">How many entries it had.</param>
internal sealed record ReportAnswer(bool Success, int Count);

/// <summary>A report, for the description of the API alone: it is read straight from its bytes.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Metrics">What was logged, in its order; any metrics beside those named here.</param>
internal sealed record ReportedMetrics(string JobId, IReadOnlyList<ReportedMetricsEntry> Metrics);

/// <summary>What was logged together at one step.</summary>
internal sealed record ReportedMetricsEntry
{
    public required long Step { get; init; }

    public double? Epoch { get; init; }

    /// <summary>Kept as <c>loss</c>; beside <c>train_runtime</c>, as <c>train_loss_mean</c>.</summary>
    public double? TrainLoss { get; init; }

    public double? EvalLoss { get; init; }

    public double? LearningRate { get; init; }

    public double? GradNorm { get; init; }

    /// <summary>ISO 8601.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Any other metric.</summary>
    [System.Text.Json.Serialization.JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? Others { get; init; }
}
