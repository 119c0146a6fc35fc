using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podium.Downsampling;
using Podium.Server.Access;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Points;

namespace Podium.Server.Metrics;

/// <summary><c>GET /api/training/local/{job_id}/metrics</c>: the series of a job, for charts.</summary>
internal static class SeriesApi
{
    private const int UsualPoints = 10_000;
    private const int MostPoints = 1_000_000;

    public static void MapSeries(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/training/local/{job_id}/metrics", ReadAsync)
            .RequireAuthorization(Policies.Read)
            .OfJob()
            .WithTags("Metrics")
            .WithSummary("Reads series of a job's run.")
            .WithDescription("?keys= names metrics, with commas between (all, unless given); ?run= the run (the newest); ?from= and ?to= steps; ?max_points= how many points of a series at most (10000): above it the first, the last, the lowest, the highest and the gaps of each stretch stay. Values that are no finite number are null. The ETag changes with every point.");

    private static async Task<Results<Ok<SeriesListing>, StatusCodeHttpResult, ProblemHttpResult>> ReadAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId,
        HttpContext context,
        PodiumStorage storage,
        string? keys,
        string? run,
        string? from,
        string? to,
        [FromQuery(Name = "max_points")] string? maxPoints,
        CancellationToken cancellation)
    {
        if (Paging.Read("run", run, 0, 1, int.MaxValue, out var number) is { } wrongRun) return wrongRun;
        if (Paging.Read("from", from, 0, 0, long.MaxValue, out var first) is { } wrongFrom) return wrongFrom;
        if (Paging.Read("to", to, long.MaxValue, 0, long.MaxValue, out var last) is { } wrongTo) return wrongTo;
        if (Paging.Read("max_points", maxPoints, UsualPoints, Downsampler.FewestPoints, MostPoints, out var most) is { } wrongMost) return wrongMost;
        if (await storage.Series.VersionAsync(jobId, cancellation) is not { } version) return Problems.NoJob(jobId);
        if (Matches(context.Request, version)) return NotModified(context.Response, version);

        var wanted = keys?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (await storage.Series.ListAsync(jobId, cancellation) is not { } listed) return Problems.NoJob(jobId);
        var chosen = listed.Runs.FirstOrDefault(one => one.Run.Run == (number == 0 ? listed.NewestRun : number));
        if (chosen is null) return Problems.NotFound($"The job '{jobId}' has no run {number}; it has {listed.Runs.Count}.");
        var request = new SeriesRequest(jobId, wanted.Length > 0 ? wanted : chosen.Keys) { Run = chosen.Run.Run, From = first, To = last, MaxPoints = (int)most };
        if (await storage.Series.ReadAsync(request, cancellation) is not { } answer) return Problems.NoJob(jobId);

        Tag(context.Response, answer.Version);
        return TypedResults.Ok(new SeriesListing(
            jobId,
            answer.Run,
            chosen.Keys,
            answer.Series.ToDictionary(series => series.Key, ListedSeries.Of, StringComparer.Ordinal)));
    }

    /// <summary>The version is the job's; what was asked for stands in the address.</summary>
    private static bool Matches(HttpRequest request, string version) =>
        request.Headers.IfNoneMatch.Any(tags => tags is not null && tags.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || tag.Replace("W/", "", StringComparison.Ordinal) == $"\"{version}\""));

    private static StatusCodeHttpResult NotModified(HttpResponse response, string version)
    {
        Tag(response, version);
        return TypedResults.StatusCode(StatusCodes.Status304NotModified);
    }

    private static void Tag(HttpResponse response, string version)
    {
        response.Headers.ETag = $"\"{version}\"";
        response.Headers.CacheControl = "private, no-cache";
    }
}

/// <summary>Series of a run, as they all were at one moment.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Run">The run's number; what came before it forked is of it too.</param>
/// <param name="Keys">All metrics that the run has.</param>
/// <param name="Series">Those that were asked for and are there, by the metric's name.</param>
internal sealed record SeriesListing(string JobId, int Run, IReadOnlyList<string> Keys, IReadOnlyDictionary<string, ListedSeries> Series);

/// <summary>One metric: steps and values side by side.</summary>
/// <param name="Steps">The steps, ascending.</param>
/// <param name="Values">The values at them; null where one is no finite number.</param>
/// <param name="Count">How many points there are in the range, those left out included.</param>
internal sealed record ListedSeries(IReadOnlyList<long> Steps, IReadOnlyList<double?> Values, long Count)
{
    public static ListedSeries Of(MetricSeries series)
    {
        var (steps, values) = (new long[series.Points.Count], new double?[series.Points.Count]);
        for (var i = 0; i < steps.Length; i++)
        {
            var point = series.Points[i];
            steps[i] = point.Step;
            values[i] = double.IsFinite(point.Value) ? point.Value : null;
        }

        return new ListedSeries(steps, values, series.Count);
    }
}
