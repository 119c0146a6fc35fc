using Podium.Checkpoints.RunFolders;
using Podium.Histories;
using Podium.Storage.Jobs;

namespace Podium.Server.Importing;

/// <summary>What a run folder says of its job besides metrics.</summary>
internal static class ImportedJob
{
    // Who logs or saves nothing for so long has stopped.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    /// <summary>The row of a job that is made of a folder.</summary>
    public static JobRow RowOf(RunFolder folder, string jobId, string? strategy, DateTimeOffset now)
    {
        var newest = folder.Runs[0];
        var facts = newest.Facts;
        var last = newest.Run.History.LastStep ?? facts?.GlobalStep;
        var times = folder.Runs.SelectMany(run => run.Run.Checkpoints).Select(checkpoint => checkpoint.CreatedAt).OfType<DateTimeOffset>().ToArray();
        DateTimeOffset? newestTime = times.Length == 0 ? null : times.Max();
        var isDone = newest.Run.History.Find(MetricKeys.TrainRuntime) is not null || (facts?.MaxSteps is { } most and > 0 && last >= most);
        var isQuiet = newestTime is not { } written || now - written > Quiet;
        return new JobRow
        {
            JobId = jobId,
            JobName = Path.GetFileName(folder.Path),
            OutputDir = folder.Path,
            RunFolder = folder.Path,
            Strategy = strategy,
            // One that broke off can go on from its last checkpoint.
            Status = isDone ? JobStatus.Completed : isQuiet ? JobStatus.Paused : JobStatus.Running,
            TotalSteps = facts?.MaxSteps is > 0 and var steps ? steps : null,
            TotalEpochs = facts?.TrainEpochs is { } epochs && double.IsFinite(epochs) ? epochs : null,
            BatchSize = facts?.TrainBatchSize,
            StartedAt = times.Length == 0 ? null : times.Min().ToUnixTimeMilliseconds(),
            CompletedAt = isDone ? newestTime?.ToUnixTimeMilliseconds() : null,
        };
    }

    /// <summary>Brings a job up to what its folder says, where it says more than is known.</summary>
    public static void Describe(JobRow job, JobRow read)
    {
        job.TotalSteps = read.TotalSteps ?? job.TotalSteps;
        job.TotalEpochs ??= read.TotalEpochs;
        job.BatchSize ??= read.BatchSize;
        job.JobName ??= read.JobName;
        job.StartedAt ??= read.StartedAt;
        if (read.Status == JobStatus.Completed && job.Status is JobStatus.Pending or JobStatus.Queued or JobStatus.Running or JobStatus.Paused)
            (job.Status, job.CompletedAt) = (JobStatus.Completed, job.CompletedAt ?? read.CompletedAt);
        if (job is { TotalSteps: > 0 and var total, CurrentStep: { } step }) job.Progress = Math.Clamp(100.0 * step / total, 0, 100);
    }
}
