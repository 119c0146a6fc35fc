using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podium.Server.Access;
using Podium.Server.Wire;
using Podium.Storage;

namespace Podium.Server.Listing;

/// <summary><c>GET /api/training/local/{job_id}/logs</c>: what the trainer printed, if it was kept in the run folder.</summary>
internal static class LogsApi
{
    private const int UsualLines = 200;
    private const int MostLines = 10_000;
    private const int LongestLine = 16 * 1024;

    private static readonly string[] Names = ["console.log", "train.log", "training.log", "trainer.log", "output.log", "log.txt"];

    public static void MapLogs(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/training/local/{job_id}/logs", ReadAsync)
            .RequireAuthorization(Policies.Read)
            .OfJob()
            .WithTags("Jobs")
            .WithSummary("Reads lines of the log file in the run folder, if there is one.");

    private static async Task<Results<Ok<LogsAnswer>, ProblemHttpResult>> ReadAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, string? limit, string? offset, PodiumStorage storage, Listings listings, CancellationToken cancellation)
    {
        if (Paging.Read("limit", limit, UsualLines, 0, MostLines, out var most) is { } wrongLimit) return wrongLimit;
        if (Paging.Read("offset", offset, 0, 0, long.MaxValue, out var skipped) is { } wrongOffset) return wrongOffset;
        var folder = await listings.FindFolderAsync(jobId, cancellation);
        if (await storage.Jobs.FindAsync(jobId, cancellation) is null) return Problems.NoJob(jobId);
        if (folder is null || FileIn(folder) is not { } file) return TypedResults.Ok(new LogsAnswer([], 0));

        List<string> lines = [];
        var total = 0L;
        try
        {
            using var reader = new StreamReader(file.Open(new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan }), Encoding.UTF8);
            while (await reader.ReadLineAsync(cancellation) is { } line)
                if (total++ >= skipped && lines.Count < most)
                    lines.Add(line.Length <= LongestLine ? line : line[..LongestLine]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not for us: what was read is what there is.
        }

        return TypedResults.Ok(new LogsAnswer(lines, total));
    }

    /// <summary>The log file of a folder; one that is a link could be any file of this machine.</summary>
    private static FileInfo? FileIn(string folder) =>
        Names.Select(name => new FileInfo(Path.Combine(folder, name))).FirstOrDefault(file => file is { Exists: true, LinkTarget: null } && !file.Attributes.HasFlag(FileAttributes.Device));
}

/// <summary>Lines of a log.</summary>
/// <param name="Logs">The lines, in their order.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record LogsAnswer(IReadOnlyList<string> Logs, long Total);
