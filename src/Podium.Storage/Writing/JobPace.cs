using Dapper;
using Podium.Analysis;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Tells how long a job will still take, from when its steps were reported and its checkpoints saved.</summary>
/// <remarks>When steps were reported is not stored: after a restart it begins with what is, the checkpoints and the job's beginning.</remarks>
internal sealed class JobPace
{
    // To look through all stretches at every report would cost more than the report.
    private const int AlwaysUpTo = 32;
    private const long Again = 1000;

    // 9999-12-31: whoever reports a later time has no clock.
    private const long LatestTime = 253_402_300_799_999;

    private readonly ProgressEstimator _estimator = new();
    private int _observed;
    private long _estimatedAt = long.MinValue;

    /// <summary>Begins anew with what is stored of a job.</summary>
    public void Load(LiveJob job, WriteScope scope)
    {
        // What it saw itself is better than what is stored: another server has only taken a few reports in between.
        if (_observed > 0) return;
        var first = scope.Connection.QueryFirstOrDefault<long?>("SELECT lowest_step FROM reports WHERE job_id = @JobId ORDER BY last_seq LIMIT 1", new { job.Row.JobId }, scope.Transaction);
        if (job.Row.StartedAt is { } began && first is { } step) Observe(step, began);
        Saved(job);
    }

    /// <summary>Takes in the checkpoints of the newest run.</summary>
    public void Saved(LiveJob job)
    {
        foreach (var checkpoint in job.Checkpoints.Of(job.Runs.Newest).OrderBy(checkpoint => checkpoint.Step))
            if (checkpoint.CreatedAt is { } time && (_estimator.Step is not { } last || checkpoint.Step > last))
                Observe(checkpoint.Step, time.ToUnixTimeMilliseconds());
    }

    /// <summary>Takes in a report, and says in the row how long the job will still take.</summary>
    /// <param name="row">The row, which has the report's steps already.</param>
    /// <param name="report">The report.</param>
    /// <param name="now">When it came.</param>
    public void Reported(JobRow row, JobReport report, long now)
    {
        if (row.CurrentStep is not { } newest || report.Entries.Count == 0) return;
        var (first, last) = (report.Entries[0], report.Entries[^1]);
        // What comes at once was not trained at once: of entries without a time the last one tells.
        if (first.Time is { } began && first.Step < newest && (_estimator.Step is not { } known || first.Step > known)) Observe(first.Step, began);
        if (last.Step == newest) Observe(newest, last.Time ?? now);
        if (_observed > AlwaysUpTo && now - _estimatedAt < Again && newest < row.TotalSteps) return;
        _estimatedAt = now;
        Write(row);
    }

    /// <summary>Says in the row how long the job will still take.</summary>
    public void Write(JobRow row) =>
        row.RemainingSeconds = StepsOf(row) is { } steps ? _estimator.Estimate(steps).Remaining?.TotalSeconds : null;

    private void Observe(long step, long time)
    {
        _observed++;
        _estimator.Observe(step, DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, 0, LatestTime)));
    }

    /// <summary>How many steps there will be; where only epochs were told, as many as those so far make it.</summary>
    private static long? StepsOf(JobRow row) =>
        row.TotalSteps ?? (row is { TotalEpochs: > 0 and var epochs, CurrentEpoch: > 0 and var epoch, CurrentStep: > 0 and var step } ? (long)Math.Min(long.MaxValue / 2, Math.Round(step * (epochs / epoch))) : null);
}
