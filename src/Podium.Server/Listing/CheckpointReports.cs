using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Podium.Ranking;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Jobs;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Listing;

/// <summary><c>POST /api/training/checkpoints/{job_id}</c>: a trainer says that it has saved a checkpoint.</summary>
internal static class CheckpointReports
{
    private const string Known = "path, step, epoch, size_bytes, state";

    private static readonly string[] States = [.. Enum.GetValues<CheckpointState>().Select(state => state.Spelling())];

    public static async Task<Results<Ok<CheckpointAnswer>, ProblemHttpResult>> TakeAsync(
        [FromRoute(Name = OfJobFilter.RouteValue)] string jobId, HttpRequest request, Caller caller, PodiumStorage storage, ServerOptions options, CancellationToken cancellation)
    {
        var fields = await JsonFields.ReadAsync(request, cancellation);
        var named = fields.RequiredText("path", NewJob.LongestPath);
        var step = fields.Whole("step", 0);
        if (step is null && fields.Refusal is null) fields.Fault("step is missing.");
        var epoch = fields.Number("epoch");
        var size = fields.Whole("size_bytes", 0);
        var state = fields.Text("state", options.Limits);
        if (state is not null && !States.Contains(state, StringComparer.Ordinal)) fields.Fault($"state: '{state}' is none. There are: {string.Join(", ", States)}.");
        fields.RefuseOthers(Known);
        if (fields.Refusal is { } refusal) return refusal;

        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { } job) return Problems.NoJob(jobId);
        var path = PathIn(named, job);
        if (path.Length == 0) return Problems.BadRequest("path names no checkpoint: give its folder, e.g. checkpoint-20.");
        var row = new CheckpointRow
        {
            JobId = jobId,
            Path = path,
            Step = step!.Value,
            Epoch = epoch,
            SizeBytes = size,
            // Who says that it was saved says that it is whole, unless told otherwise; where the folder can be reached, its files tell.
            State = state ?? CheckpointState.Complete.Spelling(),
        };
        return await storage.Jobs.SaveCheckpointAsync(row, caller.Name)
            ? TypedResults.Ok(new CheckpointAnswer(true, jobId, path, row.Step))
            : Problems.NoJob(jobId);
    }

    /// <summary>The path as the listing has it: relative to the run folder, or else the folder's name alone.</summary>
    private static string PathIn(string named, JobRow job)
    {
        var path = named.Replace('\\', '/').TrimEnd('/');
        foreach (var folder in (string?[])[job.OutputDir, job.RunFolder])
            if (folder?.TrimEnd('/') is { Length: > 0 } start && path.StartsWith($"{start}/", StringComparison.Ordinal))
                path = path[(start.Length + 1)..];
        if (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        return path.StartsWith('/') || path.Split('/').Contains("..", StringComparer.Ordinal) || path.Contains(':', StringComparison.Ordinal) ? path[(path.LastIndexOf('/') + 1)..].Trim('.') : path;
    }
}

/// <summary>A checkpoint that was saved, as it is sent.</summary>
/// <param name="Path">Its folder: relative to the run folder, or as the trainer has it.</param>
/// <param name="Step">The step at which it was saved.</param>
/// <param name="Epoch">The epoch, a fraction.</param>
/// <param name="SizeBytes">The bytes of all its files.</param>
/// <param name="State">complete unless given; incomplete, damaged, needs-consolidation or weightless.</param>
internal sealed record ReportedCheckpoint(string Path, long Step, double? Epoch, long? SizeBytes, string? State);

/// <summary>That a checkpoint was taken in.</summary>
/// <param name="Success">True.</param>
/// <param name="JobId">The job.</param>
/// <param name="Path">Its path, as the listing has it.</param>
/// <param name="Step">Its step.</param>
internal sealed record CheckpointAnswer(bool Success, string JobId, string Path, long Step);
