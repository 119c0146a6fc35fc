using System.Security.Cryptography;
using System.Text;
using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Server.Access;
using Podium.Server.Jobs;
using Podium.Server.Wire;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Importing;

/// <summary>Makes jobs of run folders, for programs and in pages alike.</summary>
internal sealed class FolderImport(PodiumStorage storage, AllowedFolders folders, FolderIntake intake, JobLimit limit, TimeProvider time)
{
    /// <summary>Makes a job of a run folder; done again, it brings in only what is new.</summary>
    /// <param name="request">The folder, and how its job shall be.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Ends the reading of the folder.</param>
    public async Task<ImportOutcome> ImportAsync(ImportRequest request, string actor, CancellationToken cancellation)
    {
        var (path, jobId, strategy) = request;
        if (!folders.TryFind(path, out var folder, out var fault)) return Refused(fault);
        if (RunFinder.IsCheckpoint(folder)) return Refused($"'{path}' is a checkpoint; give the run folder that it lies in.");

        var (read, missing) = await ReadAsync(folder, path, cancellation);
        if (read is null) return Refused(missing!);
        jobId ??= await storage.Folders.FindJobAsync(read.Path, cancellation);
        var row = ImportedJob.RowOf(read, jobId ?? NameOf(read.Path), strategy, time.GetUtcNow());
        var isThere = await storage.Jobs.FindAsync(row.JobId, cancellation) is not null;
        if (!isThere && await limit.FaultAsync(cancellation) is { } tooMany) return new ImportOutcome(null, new FieldFault(StatusCodes.Status507InsufficientStorage, null, tooMany));
        if (await intake.FaultAsync(row.JobId, read, cancellation) is { } tooMuch) return Refused(tooMuch);
        if (!await storage.Jobs.CreateAsync(row, actor) && await AdoptAsync(row, strategy, actor, cancellation) is { } conflict)
            return new ImportOutcome(null, new FieldFault(StatusCodes.Status409Conflict, null, conflict));

        var before = await storage.Folders.CountAsync(row.JobId, cancellation);
        await intake.TakeAsync(row.JobId, read, actor);
        await storage.Jobs.ChangeAsync(row.JobId, job => ImportedJob.Describe(job, row), actor);
        var after = await storage.Folders.CountAsync(row.JobId, cancellation);
        return new ImportOutcome(new ImportAnswer(row.JobId, after.Runs, after.Checkpoints, after.Points, after.Points - before.Points), null);
    }

    private static ImportOutcome Refused(string why) => new(null, new FieldFault(StatusCodes.Status400BadRequest, "path", why));

    /// <summary>Reads the folder, or the one run folder below it.</summary>
    private async Task<(RunFolder? Read, string? Fault)> ReadAsync(string folder, string named, CancellationToken cancellation)
    {
        var read = await intake.ReadAsync(folder, cancellation);
        if (read is null && intake.NotesOf(folder) is [var trouble, ..]) return (null, trouble.Message);
        if (read is { Runs.Count: > 0 }) return (read, null);
        if (read is { Unreadable: [var unreadable, ..] }) return (null, $"nothing in '{named}' can be read: {unreadable.Fault}");

        var below = read is null ? [] : RunFinder.Find(folder, cancellation);
        if (below is [var only] && only != folder && folders.TryFind(only, out var found, out _) && await intake.ReadAsync(found, cancellation) is { Runs.Count: > 0 } single) return (single, null);
        return (null, below.Count > 1
            ? $"'{named}' holds {below.Count} run folders; import them one by one."
            : $"'{named}' holds no checkpoints and no history of a training.");
    }

    /// <summary>Brings the folder into a job that is there already, if it is the job's.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    private async Task<string?> AdoptAsync(JobRow row, string? strategy, string actor, CancellationToken cancellation)
    {
        var known = await storage.Jobs.FindAsync(row.JobId, cancellation);
        if (known?.RunFolder is { } other && other != row.RunFolder) return $"The job '{row.JobId}' is the run folder '{other}' already.";
        await storage.Jobs.ChangeAsync(
            row.JobId,
            job =>
            {
                JobFolder.Set(job, row.RunFolder);
                job.Strategy = strategy ?? job.Strategy;
            },
            actor);
        return null;
    }

    /// <summary>The same folder has the same name, also where two import it at once.</summary>
    private static string NameOf(string folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)).AsSpan(0, 16));
}

/// <summary>What became of an import: what is kept of the job, or a fault.</summary>
internal sealed record ImportOutcome(ImportAnswer? Imported, FieldFault? Fault);
