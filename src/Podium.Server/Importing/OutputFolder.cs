using Podium.Checkpoints.RunFolders;
using Podium.Histories;
using Podium.Server.Access;
using Podium.Server.Jobs;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Server.Importing;

/// <summary>Finds the run folder of a job by what its trainer calls its output folder.</summary>
/// <remarks>
/// Many trainings write to a folder called "outputs", here and elsewhere: a folder is only taken if what lies in it agrees with what
/// was reported, or if nothing lies there yet and the job has just begun. Else the status says how to name it.
/// </remarks>
internal sealed class OutputFolder(PodiumStorage storage, AllowedFolders folders, FolderIntake intake, TimeProvider time)
{
    private static readonly TimeSpan JustBegun = TimeSpan.FromMinutes(10);

    /// <summary>Looks for the folder, and notes it in the job's row, or that it was not found.</summary>
    /// <returns>The folder; null where it was not found.</returns>
    public async Task<string?> BindAsync(JobRow row, CancellationToken cancellation)
    {
        if (row.OutputDir is not { } named) return null;
        var found = folders.FindAll(named);
        var history = await HistoriesAsync(row.JobId, cancellation);
        var hasBegun = row.CurrentStep is not null && time.GetUtcNow().ToUnixTimeMilliseconds() - row.CreatedAt > JustBegun.TotalMilliseconds;
        foreach (var folder in found)
        {
            if (await intake.ReadAsync(folder, cancellation) is not { } read) continue;
            if (read.Runs.Any(run => run.Run.History.Count > 0) ? !Agrees(read, history) : hasBegun || read.Runs.Count > 0) continue;
            await storage.Jobs.ChangeAsync(row.JobId, job => JobFolder.Set(job, folder));
            return folder;
        }

        // Before anything was reported there is nothing to agree with.
        if (row.CurrentStep is not null) await WarnAsync(row, found.Count > 0);
        return null;
    }

    private async Task<IReadOnlyList<TrainingHistory>> HistoriesAsync(string jobId, CancellationToken cancellation) =>
        [.. (await storage.Jobs.ReadRunsAsync(jobId, new MultiMetricStrategy(), cancellation)).Select(run => run.Run.History)];

    private static bool Agrees(RunFolder read, IReadOnlyList<TrainingHistory> reported) =>
        read.Runs.Any(run => reported.Any(history => HistoryMerge.Agree(run.Run.History, history)));

    private async Task WarnAsync(JobRow row, bool isFound)
    {
        var warning = isFound
            ? $"What lies in the output folder '{row.OutputDir}' does not agree with what was reported, so it was not taken for this job's. If it is: podium jobs set {row.JobId} --folder DIR"
            : $"The output folder '{row.OutputDir}' was not found at or below the server's run folders. Say where it is: podium jobs set {row.JobId} --folder DIR";
        if (row.Warning == warning || row.WarningCode is not (null or JobFolder.Warning)) return;
        await storage.Jobs.ChangeAsync(row.JobId, job =>
        {
            if (job.WarningCode is null or JobFolder.Warning) (job.Warning, job.WarningCode) = (warning, JobFolder.Warning);
        });
    }
}
