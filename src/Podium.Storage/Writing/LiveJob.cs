using Dapper;
using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Jobs;
using Podium.Storage.Points;
using Podium.Strategies;
using Podium.Tracking;

namespace Podium.Storage.Writing;

/// <summary>A job as the writer knows it: its row, its runs as far as they are ranked, its checkpoints and its series.</summary>
/// <remarks>What is here is what the database holds as of <see cref="JobRow.Seq"/>; whoever changed the database in between is noticed by that.</remarks>
internal sealed class LiveJob
{
    // Of the newest run: an older one takes nothing any more.
    private readonly Dictionary<string, SeriesEnd> _series = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, double>> _ranked = [];
    // Of the report that is taken in: what it says again is looked up here.
    private readonly Dictionary<long, StoredPoints> _stored = [];
    private readonly Dictionary<string, CheckpointRow> _checkpoints = new(StringComparer.Ordinal);
    private readonly Strategy _serverStrategy;
    private JobTracker _tracker = null!;
    private int _storedRuns;
    private bool _isRanked = true;
    private bool _isSaved = true;

    public LiveJob(JobRow row, Strategy serverStrategy)
    {
        Row = row;
        _serverStrategy = serverStrategy;
        UseStrategy();
    }

    public JobRow Row { get; private set; }

    public JobRuns Runs { get; private set; } = new();

    public Strategy Strategy { get; private set; } = null!;

    /// <summary>About how much memory it takes, in points.</summary>
    public int Weight => 64 + Runs.Runs.Sum(run => run.PointCount) + 8 * _series.Count;

    /// <summary>Reads a job.</summary>
    public static LiveJob? Load(string id, WriteScope scope, Strategy serverStrategy)
    {
        var row = scope.Connection.QuerySingleOrDefault<JobRow>($"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @id", new { id }, scope.Transaction);
        if (row is null) return null;
        var job = new LiveJob(row, serverStrategy);
        job.LoadRest(scope);
        return job;
    }

    /// <summary>Takes in metrics; they are written at the end of the transaction.</summary>
    public void Report(JobReport report, WriteScope scope, long now)
    {
        var firstSeq = Row.Seq + 1;
        var (lowestStep, highestStep) = (long.MaxValue, long.MinValue);
        _stored.Clear();
        foreach (var entry in report.Entries)
        {
            if (!Take(report.Source, entry, scope)) continue;
            lowestStep = Math.Min(lowestStep, entry.Step);
            highestStep = Math.Max(highestStep, entry.Step);
        }

        _stored.Clear();
        if (Row.Seq < firstSeq) return;
        scope.Connection.Execute(
            "INSERT INTO reports (job_id, last_seq, first_seq, lowest_step, highest_step) VALUES (@JobId, @last, @first, @lowest, @highest)",
            new { Row.JobId, last = Row.Seq, first = firstSeq, lowest = lowestStep, highest = highestStep },
            scope.Transaction);
        if (Row.Status is JobStatus.Pending or JobStatus.Queued) Row.Status = JobStatus.Running;
        Row.StartedAt ??= now;
        Row.UpdatedAt = now;
        _isSaved = false;
    }

    /// <summary>Takes in that a checkpoint was saved, or what became of one.</summary>
    public void Save(CheckpointRow checkpoint, WriteScope scope, long now)
    {
        var isNew = !_checkpoints.TryGetValue(checkpoint.Path, out var known);
        if (!isNew && known! with { Seq = 0 } == checkpoint with { Seq = 0 }) return;
        Row.Seq++;
        var row = checkpoint with { Seq = Row.Seq, CreatedAt = checkpoint.CreatedAt ?? known?.CreatedAt ?? now };
        _checkpoints[row.Path] = row;
        scope.Connection.Execute(
            """
            INSERT INTO checkpoints (job_id, path, step, epoch, size_bytes, state, created_at, gone_at, seq)
            VALUES (@JobId, @Path, @Step, @Epoch, @SizeBytes, @State, @CreatedAt, @GoneAt, @Seq)
            ON CONFLICT (job_id, path) DO UPDATE SET
              step = excluded.step, epoch = excluded.epoch, size_bytes = excluded.size_bytes, state = excluded.state,
              created_at = excluded.created_at, gone_at = excluded.gone_at, seq = excluded.seq
            """,
            row,
            scope.Transaction);
        Row.UpdatedAt = now;
        _isRanked = _isSaved = false;
    }

    /// <summary>Changes what the row says, and ranks anew where the strategy is another one.</summary>
    public void Change(Action<JobRow> change, long now)
    {
        var strategy = Row.Strategy;
        change(Row);
        Row.UpdatedAt = now;
        _isSaved = false;
        if (strategy == Row.Strategy) return;
        UseStrategy();
        _isRanked = false;
    }

    /// <summary>Brings the best checkpoint up to date and writes the row.</summary>
    public void Save(WriteScope scope)
    {
        if (!_isRanked)
        {
            BestColumns.Write(Row, _tracker.Rank(Runs.Newest, Checkpoints()), _tracker);
            _isRanked = true;
            _isSaved = false;
        }

        if (_isSaved) return;
        scope.Connection.Execute(JobColumns.Update, Row, scope.Transaction);
        _isSaved = true;
    }

    /// <summary>Takes in what another server wrote meanwhile: simply all of it again.</summary>
    public void Refresh(WriteScope scope)
    {
        _series.Clear();
        _checkpoints.Clear();
        Runs = new JobRuns();
        Row = scope.Connection.QuerySingle<JobRow>($"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @JobId", new { Row.JobId }, scope.Transaction);
        UseStrategy();
        LoadRest(scope);
    }

    private bool Take(PointSource source, in JobReportEntry entry, WriteScope scope)
    {
        _ranked.Clear();
        for (var i = 0; i < entry.Metrics.Count; i++)
            if (IsRanked(entry.Metrics[i].Key))
                _ranked.Add(entry.Metrics[i]);

        var run = Runs.Add(new ReportedEntry(source, entry.Step, _ranked));
        if (run.Number > _storedRuns) StoreRun(run, scope);

        var seq = Row.Seq + 1;
        var isNew = false;
        for (var i = 0; i < entry.Metrics.Count; i++)
        {
            var (metric, value) = entry.Metrics[i];
            var series = Series(run.Number, metric, scope);
            var isLate = entry.Step <= series.LastStep;
            if (isLate && IsStored(series, entry, value, scope)) continue;
            scope.Points.Add(new NewPoint(series.Id, entry.Step, seq, (byte)source, entry.Time, value), isLate);
            series.LastStep = Math.Max(series.LastStep, entry.Step);
            if (series.Grow() is var grown and > 0) scope.Packer.Saw(Row.JobId, series.Id, grown);
            isNew = true;
            _isRanked &= !series.IsLoss;
        }

        if (!isNew) return false;
        Row.Seq = seq;
        StatusFields.Take(Row, entry, isNewest: entry.Step >= (run.LastStep ?? 0));
        return true;
    }

    /// <summary>Whether a ranking reads a metric: asked for every point, and so remembered with its series.</summary>
    private bool IsRanked(string metric) => _series.TryGetValue(metric, out var known) ? known.IsRanked : RankedMetrics.Include(metric, Strategy);

    /// <summary>Whether a point was kept before: the same again (step, time, value) is kept once. Only one that goes back is looked up.</summary>
    private bool IsStored(SeriesEnd series, in JobReportEntry entry, double value, WriteScope scope)
    {
        if (!_stored.TryGetValue(series.Id, out var stored)) _stored.Add(series.Id, stored = new StoredPoints(series.Id));
        return !stored.Add(entry.Step, entry.Time, value, scope);
    }

    private SeriesEnd Series(int run, string key, WriteScope scope)
    {
        if (_series.TryGetValue(key, out var known)) return known;
        var id = scope.Connection.ExecuteScalar<long?>("SELECT id FROM series WHERE job_id = @JobId AND run = @run AND key = @key", new { Row.JobId, run, key }, scope.Transaction);
        // What waits to be written counts too.
        if (id is not null) scope.Points.Flush(scope.Connection, scope.Transaction);
        var last = id is null ? null : scope.Connection.ExecuteScalar<long?>("SELECT MAX(step) FROM points WHERE series_id = @id", new { id }, scope.Transaction);
        id ??= scope.Connection.ExecuteScalar<long>("INSERT INTO series (job_id, run, key) VALUES (@JobId, @run, @key) RETURNING id", new { Row.JobId, run, key }, scope.Transaction);
        var series = new SeriesEnd(id.Value, last ?? long.MinValue)
        {
            IsRanked = RankedMetrics.Include(key, Strategy),
            IsLoss = key.StartsWith(MetricKeys.EvalPrefix, StringComparison.Ordinal) || key is MetricKeys.Loss,
        };
        _series.Add(key, series);
        return series;
    }

    private void StoreRun(JobRun run, WriteScope scope)
    {
        scope.Connection.Execute(
            "INSERT INTO job_runs (job_id, run, parent_run, from_step) VALUES (@JobId, @Number, @Parent, @from)",
            new { Row.JobId, run.Number, run.Parent, from = run.Parent is null ? (long?)null : run.FromStep },
            scope.Transaction);
        _storedRuns = run.Number;
        _series.Clear();
    }

    private void LoadRest(WriteScope scope)
    {
        _storedRuns = scope.Connection.ExecuteScalar<int>("SELECT COUNT(*) FROM job_runs WHERE job_id = @JobId", new { Row.JobId }, scope.Transaction);
        foreach (var checkpoint in scope.Connection.Query<CheckpointRow>("SELECT job_id, path, step, epoch, size_bytes, state, created_at, gone_at, seq FROM checkpoints WHERE job_id = @JobId", new { Row.JobId }, scope.Transaction))
            _checkpoints.Add(checkpoint.Path, checkpoint);
        RankedHistory.Replay(Row.JobId, Strategy, Runs, scope.Connection, scope.Transaction);
    }

    private void UseStrategy()
    {
        Strategy = Row.Strategy is { } own && StrategyParser.TryParse(own, out var parsed, out _) ? parsed : _serverStrategy;
        _tracker = new JobTracker(Strategy);
        _series.Clear();
    }

    private Checkpoint[] Checkpoints() =>
    [
        .. _checkpoints.Values.Where(checkpoint => checkpoint.GoneAt is null).Select(checkpoint => new Checkpoint(checkpoint.Path, checkpoint.Step)
        {
            Epoch = checkpoint.Epoch,
            SizeBytes = checkpoint.SizeBytes ?? 0,
            State = CheckpointStates.Parse(checkpoint.State),
        }),
    ];

    /// <summary>A series, and its highest step: what comes behind that needs no look into the database.</summary>
    private sealed class SeriesEnd(long id, long lastStep)
    {
        private int _grown;

        public long Id { get; } = id;

        public long LastStep { get; set; } = lastStep;

        /// <summary>Whether a ranking reads it.</summary>
        public bool IsRanked { get; init; }

        /// <summary>Whether a new point of it can change the ranking.</summary>
        public bool IsLoss { get; init; }

        /// <summary>Counts a new point.</summary>
        /// <returns>How many there are, each time that they are worth packing; else 0.</returns>
        public int Grow()
        {
            if (++_grown % BlockPacker.WorthPacking != 0) return 0;
            var grown = _grown;
            // So many are packed in any case.
            if (grown >= BlockPacker.TooMany) _grown = 0;
            return grown;
        }
    }
}
