using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Server.Access;
using Podium.Server.Configuration;
using Podium.Server.Jobs;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Importing;

/// <summary><c>POST /api/training/local/import</c>: makes a job of a run folder.</summary>
internal static class ImportApi
{
    private const string Known = "path, job_id, strategy";

    public static void MapImport(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/training/local/import", ImportAsync)
            .RequireAuthorization(Policies.Operate)
            .Accepts<ImportRequest>("application/json")
            .WithTags("Jobs")
            .WithSummary("Makes a job of a run folder, with its whole history; done again, it brings in only what is new.");

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> ImportAsync(
        HttpRequest request,
        Caller caller,
        PodiumStorage storage,
        AllowedFolders folders,
        FolderIntake intake,
        JobLimit limit,
        ServerOptions options,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var fields = await JsonFields.ReadAsync(request, cancellation);
        var path = fields.RequiredText("path", NewJob.LongestPath);
        var jobId = fields.Text("job_id", options.Limits);
        if (jobId is not null && JobNames.FaultOf(jobId) is { } wrongName) fields.Fault(wrongName);
        var strategy = NewJob.StrategyOf(fields, options.Limits);
        fields.RefuseOthers(Known);
        if (fields.Refusal is { } refusal) return refusal;
        if (!folders.TryFind(path, out var folder, out var fault)) return Problems.BadRequest($"path: {fault}");
        if (RunFinder.IsCheckpoint(folder)) return Problems.BadRequest($"path: '{path}' is a checkpoint; give the run folder that it lies in.");

        var (read, missing) = await ReadAsync(folder, path, folders, intake, cancellation);
        if (read is null) return Problems.BadRequest(missing!);
        jobId ??= await storage.Folders.FindJobAsync(read.Path, cancellation);
        var row = ImportedJob.RowOf(read, jobId ?? NameOf(read.Path), strategy, time.GetUtcNow());
        var isThere = await storage.Jobs.FindAsync(row.JobId, cancellation) is not null;
        if (!isThere && await limit.FaultAsync(cancellation) is { } tooMany) return Problems.Of(StatusCodes.Status507InsufficientStorage, tooMany);
        if (await intake.FaultAsync(row.JobId, read, cancellation) is { } tooMuch) return Problems.BadRequest($"path: {tooMuch}");
        if (!await storage.Jobs.CreateAsync(row, caller.Name) && await AdoptAsync(row, strategy, storage, caller, cancellation) is { } conflict) return conflict;

        var before = await storage.Folders.CountAsync(row.JobId, cancellation);
        await intake.TakeAsync(row.JobId, read, caller.Name);
        await storage.Jobs.ChangeAsync(row.JobId, job => ImportedJob.Describe(job, row), caller.Name);
        var after = await storage.Folders.CountAsync(row.JobId, cancellation);
        return TypedResults.Ok(new ImportAnswer(row.JobId, after.Runs, after.Checkpoints, after.Points, after.Points - before.Points));
    }

    /// <summary>Reads the folder, or the one run folder below it.</summary>
    private static async Task<(RunFolder? Read, string? Fault)> ReadAsync(string folder, string named, AllowedFolders folders, FolderIntake intake, CancellationToken cancellation)
    {
        var read = await intake.ReadAsync(folder, cancellation);
        if (read is null && intake.NotesOf(folder) is [var trouble, ..]) return (null, $"path: {trouble.Message}");
        if (read is { Runs.Count: > 0 }) return (read, null);
        if (read is { Unreadable: [var unreadable, ..] }) return (null, $"path: nothing in '{named}' can be read: {unreadable.Fault}");

        var below = read is null ? [] : RunFinder.Find(folder, cancellation);
        if (below is [var only] && only != folder && folders.TryFind(only, out var found, out _) && await intake.ReadAsync(found, cancellation) is { Runs.Count: > 0 } single) return (single, null);
        return (null, below.Count > 1
            ? $"path: '{named}' holds {below.Count} run folders; import them one by one."
            : $"path: '{named}' holds no checkpoints and no history of a training.");
    }

    /// <summary>Brings the folder into a job that is there already, if it is the job's.</summary>
    private static async Task<ProblemHttpResult?> AdoptAsync(JobRow row, string? strategy, PodiumStorage storage, Caller caller, CancellationToken cancellation)
    {
        var known = await storage.Jobs.FindAsync(row.JobId, cancellation);
        if (known?.RunFolder is { } other && other != row.RunFolder) return Problems.Conflict($"The job '{row.JobId}' is the run folder '{other}' already.");
        await storage.Jobs.ChangeAsync(
            row.JobId,
            job =>
            {
                JobFolder.Set(job, row.RunFolder);
                job.Strategy = strategy ?? job.Strategy;
            },
            caller.Name);
        return null;
    }

    /// <summary>The same folder has the same name, also where two import it at once.</summary>
    private static string NameOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 16));
}

/// <summary>A run folder to import, as it is sent.</summary>
/// <param name="Path">The folder, at or below one of the server's roots.</param>
/// <param name="JobId">The job's name; one is made where none is given.</param>
/// <param name="Strategy">How to rank it; the server's way where none is given.</param>
internal sealed record ImportRequest(string Path, string? JobId, string? Strategy);

/// <summary>What is kept of the job after the import.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Runs">Its runs.</param>
/// <param name="Checkpoints">Its checkpoints.</param>
/// <param name="Points">Its points, each metric at each step being one.</param>
/// <param name="NewPoints">How many of them this import brought.</param>
internal sealed record ImportAnswer(string JobId, long Runs, long Checkpoints, long Points, long NewPoints);
