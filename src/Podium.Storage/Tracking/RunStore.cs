using Dapper;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Writing;

namespace Podium.Storage.Tracking;

/// <summary>Jobs as runs of the MLflow protocol: making, changing and logging to them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class RunStore
{
    private readonly Writer _writer;
    private readonly ActiveRuns _active;
    private readonly RunReader _reader;
    private readonly TimeProvider _time;

    internal RunStore(Writer writer, ActiveRuns active, RunReader reader, TimeProvider time)
    {
        _writer = writer;
        _active = active;
        _reader = reader;
        _time = time;
    }

    /// <summary>Makes a run, which is a job.</summary>
    /// <param name="run">The run.</param>
    /// <param name="actor">Who does it, for the event.</param>
    /// <returns>Its name for programs; refused where the experiment is not there or was deleted.</returns>
    public Task<Tracked<string>> CreateAsync(NewRun run, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var now = Now();
        return _writer.WriteAsync(run.RunId, 0, scope => Create(run, beside: null, scope, now, actor));
    }

    /// <summary>Opens the run of a job for its own token; where that was opened already, makes a run beside it.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="run">What the client asks for; its <see cref="NewRun.RunId"/> is used for a run beside, its experiment is the job's.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    /// <returns>The run's name for programs; refused where there is no such job, or it was deleted.</returns>
    public Task<Tracked<string>> OpenAsync(string jobId, NewRun run, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var now = Now();
        return _writer.WriteAsync(jobId, 0, scope =>
        {
            if (scope.Job(jobId) is not { } job) return Tracked<string>.Refused(TrackingRefusal.NoRun(jobId));
            if (_active.IsDeleted(jobId, scope)) return Tracked<string>.Refused(TrackingRefusal.RunNot(LifecycleStage.Active, jobId, LifecycleStage.Deleted));
            if (JobSettings.Check(run.Tags) is { } wrong) return Tracked<string>.Refused(wrong);
            var known = scope.Connection.QuerySingleOrDefault<(long Experiment, long IsOpened)?>(
                "SELECT experiment_id, CAST(is_opened AS BIGINT) FROM tracked_runs WHERE job_id = @jobId", new { jobId }, scope.Transaction);
            if (known is { IsOpened: 1 }) return Create(run with { ExperimentId = known.Value.Experiment }, beside: jobId, scope, now, actor);

            scope.Connection.Execute(
                """
                INSERT INTO tracked_runs (job_id, user_id, start_time, is_opened) VALUES (@jobId, @UserId, @StartTime, 1)
                ON CONFLICT (job_id) DO UPDATE SET user_id = excluded.user_id, start_time = excluded.start_time, is_opened = 1
                """,
                new { jobId, run.UserId, run.StartTime },
                scope.Transaction);
            // Whoever made the job named it: the trainer's own name for it is a tag like others.
            var name = job.Row.JobName ?? run.Name;
            KeyValueTable.RunTags.Write(jobId, [.. run.Tags.Where(tag => tag.Key != JobSettings.NameTag), new(JobSettings.NameTag, name)], scope.Connection, scope.Transaction);
            job.Change(
                row =>
                {
                    JobSettings.TakeTags(row, run.Tags);
                    row.JobName = name;
                    if (row.Status is JobStatus.Pending or JobStatus.Queued) row.Status = JobStatus.Running;
                    row.StartedAt ??= run.StartTime ?? now;
                },
                now,
                actor);
            return Tracked<string>.Of(jobId);
        });
    }

    /// <summary>Changes a run's status, end or name.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="change">What changes.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    public Task<TrackingRefusal?> UpdateAsync(string runId, RunChange change, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        return OfActive(runId, (job, scope, now) =>
        {
            scope.Connection.Execute(
                """
                INSERT INTO tracked_runs (job_id, end_time, is_opened) VALUES (@runId, @EndTime, @opened)
                ON CONFLICT (job_id) DO UPDATE SET
                  end_time = COALESCE(excluded.end_time, tracked_runs.end_time),
                  is_opened = CASE WHEN excluded.is_opened = 1 THEN 1 ELSE tracked_runs.is_opened END
                """,
                new { runId, change.EndTime, opened = change.IsOpening ? 1 : 0 },
                scope.Transaction);
            if (change.Name is { } name) KeyValueTable.RunTags.Write(runId, [new(JobSettings.NameTag, name)], scope.Connection, scope.Transaction);
            job.Change(
                row =>
                {
                    row.JobName = change.Name ?? row.JobName;
                    if (change.Status is not { } status) return;
                    row.Status = status;
                    var hasEnded = status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
                    row.CompletedAt = hasEnded ? change.EndTime ?? row.CompletedAt ?? now : null;
                },
                now,
                actor);
            return null;
        });
    }

    /// <summary>Takes in metrics, params and tags.</summary>
    /// <param name="log">All of them.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    public Task<TrackingRefusal?> LogAsync(RunLog log, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var report = log.Entries.Count == 0 ? null : new JobReport(log.RunId, Reports.PointSource.MLflow, log.Entries);
        return OfActive(
            log.RunId,
            (job, scope, now) =>
            {
                // First all that can refuse, so that a refused log leaves nothing behind.
                var all = log.Params.Count == 0 ? [] : KeyValueTable.RunParams.Of(log.RunId, scope.Connection, scope.Transaction);
                List<KeyValuePair<string, string>> added = [];
                foreach (var param in log.Params)
                {
                    if (!all.TryGetValue(param.Key, out var value)) added.Add(param);
                    else if (value != param.Value) return Changed(log.RunId, param, value);
                }

                if (JobSettings.Check(log.Tags) is { } wrong) return wrong;
                if (report is not null) job.Report(report, scope, now, actor);
                if (added.Count == 0 && log.Tags.Count == 0) return null;

                foreach (var (key, value) in added) all.Add(key, value);
                KeyValueTable.RunParams.Write(log.RunId, added, scope.Connection, scope.Transaction);
                KeyValueTable.RunTags.Write(log.RunId, log.Tags, scope.Connection, scope.Transaction);
                job.Change(
                    row =>
                    {
                        JobSettings.TakeTags(row, log.Tags);
                        if (added.Count > 0) JobSettings.TakeParams(row, added, all);
                    },
                    now,
                    actor);
                return null;
            },
            report?.PointCount ?? 0);
    }

    /// <summary>Deletes a tag.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The tag.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    public Task<TrackingRefusal?> DeleteTagAsync(string runId, string key, string? actor = null) => OfActive(runId, (job, scope, now) =>
    {
        if (!KeyValueTable.RunTags.Delete(runId, key, scope.Connection, scope.Transaction))
            return new TrackingRefusal(TrackingRefusalReason.NotFound, $"No tag with name: {key} in run with id {runId}");
        if (key == JobSettings.StrategyTag) job.Change(row => row.Strategy = null, now, actor);
        return null;
    });

    /// <summary>Appends a text to a tag that holds a JSON list.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The tag.</param>
    /// <param name="element">What is appended, JSON.</param>
    public Task<TrackingRefusal?> AppendToTagAsync(string runId, string key, string element) => OfActive(runId, (_, scope, _) =>
    {
        var list = KeyValueTable.RunTags.Find(runId, key, scope.Connection, scope.Transaction);
        var appended = list is ['[', .. var inner, ']'] && inner.Length > 0 ? $"[{inner}, {element}]" : $"[{element}]";
        KeyValueTable.RunTags.Write(runId, [new(key, appended)], scope.Connection, scope.Transaction);
        return null;
    });

    /// <summary>Takes in what a run took in or put out; what it has of the same kind and name is replaced.</summary>
    public Task<TrackingRefusal?> LinkAsync(string runId, IReadOnlyList<RunLink> links) => OfActive(runId, (_, scope, _) =>
    {
        foreach (var link in links)
        {
            scope.Connection.Execute(
                """
                INSERT INTO run_links (job_id, kind, name, place, data)
                VALUES (@runId, @Kind, @Name, (SELECT COALESCE(MAX(place), 0) + 1 FROM run_links WHERE job_id = @runId), @Data)
                ON CONFLICT (job_id, kind, name) DO UPDATE SET data = excluded.data
                """,
                new { runId, link.Kind, link.Name, link.Data },
                scope.Transaction);
        }

        return null;
    });

    /// <summary>Deletes a run, so that it can be restored. One that was deleted stays so.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="actor">Who does it, for the event.</param>
    public Task<TrackingRefusal?> DeleteAsync(string runId, string? actor = null) => Move(runId, LifecycleStage.Deleted, EventKind.JobDeleted, actor);

    /// <summary>Restores a deleted run. One that is there stays so.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="actor">Who does it, for the event.</param>
    public Task<TrackingRefusal?> RestoreAsync(string runId, string? actor = null) => Move(runId, LifecycleStage.Active, EventKind.JobRestored, actor);

    /// <summary>Reads a run, also a deleted one.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="parts">What of it besides its row.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is none.</returns>
    public Task<TrackedRun?> FindAsync(string runId, RunParts parts, CancellationToken cancellation) => _reader.FindAsync(runId, parts, cancellation);

    /// <summary>Reads the runs of experiments, the one that began last first.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <param name="view">Which of their runs.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Their rows alone.</returns>
    public Task<IReadOnlyList<TrackedRun>> ListAsync(IReadOnlyCollection<long> experiments, LifecycleView view, CancellationToken cancellation) =>
        _reader.ListAsync(experiments, view, cancellation);

    /// <summary>Reads parts of runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The runs with them, in the same order.</returns>
    public Task<IReadOnlyList<TrackedRun>> FillAsync(IReadOnlyList<TrackedRun> runs, RunParts parts, CancellationToken cancellation) => _reader.FillAsync(runs, parts, cancellation);

    private static TrackingRefusal Changed(string run, KeyValuePair<string, string> param, string value) => new(
        TrackingRefusalReason.Invalid,
        $"Changing param values is not allowed. Param with key='{param.Key}' was already logged with value='{value}' for run ID='{run}'. Attempted logging new value '{param.Value}'.");

    private Tracked<string> Create(NewRun run, string? beside, WriteScope scope, long now, string? actor)
    {
        switch (ExperimentStore.StageOf(run.ExperimentId, scope.Connection, scope.Transaction))
        {
            case null: return Tracked<string>.Refused(TrackingRefusal.NoExperiment(run.ExperimentId));
            case LifecycleStage.Deleted: return Tracked<string>.Refused(TrackingRefusal.ExperimentNot(LifecycleStage.Active, run.ExperimentId, LifecycleStage.Deleted));
        }

        if (JobSettings.Check(run.Tags) is { } wrong) return Tracked<string>.Refused(wrong);
        if (scope.Job(run.RunId) is not null) return Tracked<string>.Refused(new TrackingRefusal(TrackingRefusalReason.AlreadyExists, $"There is a run '{run.RunId}' already."));
        var row = new JobRow { JobId = run.RunId, Status = JobStatus.Running, StartedAt = run.StartTime ?? now, CreatedAt = now, UpdatedAt = now };
        JobSettings.TakeTags(row, run.Tags);
        row.JobName = run.Name;
        scope.Connection.Execute(JobColumns.Insert, row, scope.Transaction);
        scope.Made(new LiveJob(row, _writer.ServerStrategy), actor);
        scope.Connection.Execute(
            "INSERT INTO tracked_runs (job_id, experiment_id, user_id, start_time, beside_job_id) VALUES (@RunId, @ExperimentId, @UserId, @StartTime, @beside)",
            new { run.RunId, run.ExperimentId, run.UserId, run.StartTime, beside },
            scope.Transaction);
        KeyValueTable.RunTags.Write(run.RunId, run.Tags, scope.Connection, scope.Transaction);
        KeyValueTable.RunTags.Write(run.RunId, [new(JobSettings.NameTag, run.Name)], scope.Connection, scope.Transaction);
        return Tracked<string>.Of(run.RunId);
    }

    private Task<TrackingRefusal?> Move(string runId, string to, string kind, string? actor) => _writer.WriteAsync(runId, 0, scope =>
    {
        if (scope.Job(runId) is not { } job) return TrackingRefusal.NoRun(runId);
        if (ActiveRuns.StageOf(runId, scope.Connection, scope.Transaction) == to) return null;
        scope.Connection.Execute(
            "INSERT INTO tracked_runs (job_id, lifecycle_stage) VALUES (@runId, @to) ON CONFLICT (job_id) DO UPDATE SET lifecycle_stage = excluded.lifecycle_stage",
            new { runId, to },
            scope.Transaction);
        _active.Forget(runId);
        job.Note(kind, new EventData.Nothing(), scope, Now(), actor);
        return null;
    });

    private Task<TrackingRefusal?> OfActive(string runId, Func<LiveJob, WriteScope, long, TrackingRefusal?> work, int points = 0)
    {
        var now = Now();
        return _writer.WriteAsync(runId, points, scope =>
            scope.Job(runId) is not { } job ? TrackingRefusal.NoRun(runId)
            : _active.IsDeleted(runId, scope) ? TrackingRefusal.RunNot(LifecycleStage.Active, runId, LifecycleStage.Deleted)
            : work(job, scope, now));
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
