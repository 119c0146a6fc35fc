using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podium.Server.Access;
using Podium.Server.Wire;
using Podium.Storage;

namespace Podium.Server.Logs;

/// <summary><c>GET /api/training/local/{job_id}/logs</c>: what the trainer printed, if it was kept in the run folder.</summary>
internal static class LogsApi
{
    private const int UsualLines = 200;
    private const int MostLines = 10_000;

    public static void MapLogs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/training/local/{job_id}/logs", ReadAsync)
            .RequireAuthorization(Policies.Read)
            .OfJob()
            .WithTags("Jobs")
            .WithSummary("Reads lines of the log file in the run folder, if there is one.");

    private static async Task<Results<Ok<LogsAnswer>, ProblemHttpResult>> ReadAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, string? limit, string? offset, PodiumStorage storage, JobLogs logs, CancellationToken cancellation)
    {
        if (Paging.Read("limit", limit, UsualLines, 0, MostLines, out var most) is { } wrongLimit) return wrongLimit;
        if (Paging.Read("offset", offset, 0, 0, long.MaxValue, out var skipped) is { } wrongOffset) return wrongOffset;
        var file = await logs.FindAsync(jobId, cancellation);
        if (await storage.Jobs.FindAsync(jobId, cancellation) is null) return Problems.NoJob(jobId);
        if (file is null) return TypedResults.Ok(new LogsAnswer([], 0));
        var part = await logs.ReadAsync(file, skipped, (int)most, cancellation);
        return TypedResults.Ok(new LogsAnswer([.. part.Lines.Select(line => line.Text)], part.Total));
    }
}

/// <summary>Lines of a log.</summary>
/// <param name="Logs">The lines, in their order.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record LogsAnswer(IReadOnlyList<string> Logs, long Total);
