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
        HttpContext context, Caller caller, PodiumStorage storage, SeriesLimit series, LiveAccess access, ServerOptions options, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        if (IsStream(context.Request)) return await TakeStreamAsync(context, new ReportStream(caller, storage, series, options.Limits), access, lifetime, cancellation);

        ParsedReport report;
        using (var body = await RequestBody.ReadAsync(context.Request, cancellation))
            report = ReportParser.Parse(body.Bytes, options.Limits.NameLength, options.Limits.BatchEntries);

        if (report.Fault is { } fault) return Problems.BadRequest(fault);
        if ((report.JobId ?? caller.JobId) is not { Length: > 0 } jobId) return Problems.BadRequest("job_id is missing.");
        if (!caller.MayReport(jobId)) return Problems.NoJob(jobId);
        var (tooMany, isKept) = await series.KeepAsync(jobId, report.MetricNames, () => storage.Jobs.ReportAsync(new JobReport(jobId, PointSource.Report, report.Entries), caller.Name), cancellation);
        if (tooMany is not null) return Problems.BadRequest(tooMany);
        return isKept ? TypedResults.Ok(new ReportAnswer(true, report.Entries.Count)) : Problems.NoJob(jobId);
    }

    private static async Task<Results<Ok<ReportAnswer>, ProblemHttpResult>> TakeStreamAsync(
        HttpContext context, ReportStream stream, LiveAccess access, IHostApplicationLifetime lifetime, CancellationToken cancellation)
    {
        // A stream has no end that was known before, and no pace: its lines are limited, and it is not.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        BodyRate.Any(context);
        // It may last as long as a training: a server that stops must not wait for that, nor one whose token was revoked go on.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var watching = access.WatchAsync(context, end);
        try
        {
            return await stream.TakeAsync(context.Request, end.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested) return stream.BrokenOff(StatusCodes.Status401Unauthorized, "This token was revoked, or has expired.");
            context.Response.Headers.RetryAfter = "2";
            return stream.BrokenOff(StatusCodes.Status503ServiceUnavailable, "The server stops. Send the rest again in a moment.");
        }
        finally
        {
            await end.CancelAsync();
            await watching;
        }
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
