using System.Globalization;
using Podium.Server.Configuration;
using Podium.Server.Listing;
using Podium.Storage;
using Podium.Storage.Jobs;

namespace Podium.Server.Operations;

/// <summary>Warns of running jobs that have stopped reporting, and marks them failed if that is asked for.</summary>
/// <remarks>
/// All servers on a database look. Each decides by the row as it was read and acts only if the row, locked, is still that one:
/// so one of them acts, and never on a job that has just reported. Whatever changes a job begins its silence anew, but our own warning.
/// </remarks>
internal sealed partial class SilentJobs(PodiumStorage storage, Listings listings, ServerOptions options, TimeProvider time, ILogger<SilentJobs> logger) : BackgroundService
{
    private const string Actor = "podium-server";
    private const int Together = 1000;

    private static readonly TimeSpan WarnAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    /// <summary>Looks at all running jobs once.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        List<JobRow> silent = [];
        for (var offset = 0; ; offset += Together)
        {
            var (jobs, _) = await storage.Jobs.ListAsync(new JobQuery { Statuses = [JobStatus.Running], Limit = Together, Offset = offset }, cancellation);
            silent.AddRange(jobs.Where(job => SilenceOf(job) is var silence && (IsToFail(silence) || IsToWarn(job, silence))));
            if (jobs.Count < Together) break;
        }

        foreach (var job in silent) await JudgeAsync(job.JobId, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (storage.Explain(failure) is not null)
            {
                // /health says it, and so does every call; the next look may find the database again.
            }
        }
    }

    private async Task JudgeAsync(string jobId, CancellationToken cancellation)
    {
        // A trainer that reports nothing but saves checkpoints is alive: what is new in its folder changes the row.
        await listings.LookAsync(jobId, cancellation);
        if (await storage.Jobs.FindAsync(jobId, cancellation) is not { Status: JobStatus.Running } seen) return;
        var silence = SilenceOf(seen);
        var since = Instant(time.GetUtcNow() - silence);
        if (IsToFail(silence))
        {
            var error = $"Nothing was reported since {since}, for more than {options.Limits.FailSilentAfterSeconds} seconds.";
            if (await ActAsync(seen, row => SilentJob.Fail(row, error, time.GetUtcNow().ToUnixTimeMilliseconds()))) Failed(jobId, since);
        }
        else if (IsToWarn(seen, silence))
        {
            var warning = $"Nothing was reported since {since}. The trainer may have ended, or cannot reach this server.";
            if (await ActAsync(seen, row => SilentJob.Warn(row, warning))) Warned(jobId, since);
        }
    }

    private async Task<bool> ActAsync(JobRow seen, Action<JobRow> change)
    {
        var hasActed = false;
        await storage.Jobs.ChangeAsync(
            seen.JobId,
            row =>
            {
                // Done again where the transaction is: what counts is the last time.
                hasActed = row.Seq == seen.Seq && row.Status == JobStatus.Running;
                if (hasActed) change(row);
            },
            Actor);
        return hasActed;
    }

    /// <summary>How long nothing was heard of a job; the warning, which is the last that happened to it, came after the first minutes of that.</summary>
    private TimeSpan SilenceOf(JobRow job) =>
        TimeSpan.FromMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds() - job.UpdatedAt) + (job.WarningCode == SilentJob.WarningCode ? WarnAfter : TimeSpan.Zero);

    private bool IsToFail(TimeSpan silence) => options.Limits.FailSilentAfterSeconds is > 0 and var seconds && silence.TotalSeconds >= seconds;

    private static bool IsToWarn(JobRow job, TimeSpan silence) => job.Warning is null && silence >= WarnAfter;

    private static string Instant(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "Job {JobId}: nothing was reported since {Since}")]
    private partial void Warned(string jobId, string since);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning, Message = "Job {JobId}: marked failed, nothing was reported since {Since}")]
    private partial void Failed(string jobId, string since);
}
