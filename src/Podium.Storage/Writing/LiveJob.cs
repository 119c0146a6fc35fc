using Dapper;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Strategies;
using Podium.Tracking;

namespace Podium.Storage.Writing;

/// <summary>A job as the writer knows it: its row, its runs as far as they are ranked, its checkpoints and its series.</summary>
/// <remarks>What is here is what the database holds as of <see cref="JobRow.Seq"/>; whoever changed the database in between is noticed by that.</remarks>
internal sealed class LiveJob
{
    private readonly LiveSeries _series;
    private readonly MetricIntake _intake;
    private readonly LiveCheckpoints _checkpoints;
    private readonly JobPace _pace = new();
    private readonly Dictionary<int, TrainerChoice> _choices = [];
    private readonly Strategy _serverStrategy;
    private JobTracker _tracker = null!;
    private ScoredEvaluation? _bestEvaluation;
    private int _storedRuns;
    private bool _isRanked = true;
    private bool _isSaved = true;
    // Of the work that is being done.
    private long _now;
    private string? _actor;

    public LiveJob(JobRow row, Strategy serverStrategy)
    {
        Row = row;
        _serverStrategy = serverStrategy;
        _series = new LiveSeries(row.JobId);
        _intake = new MetricIntake(this, _series);
        _checkpoints = new LiveCheckpoints(this);
        UseStrategy();
        _intake.BeginEmpty();
    }

    public JobRow Row { get; private set; }

    public JobRuns Runs { get; private set; } = new();

    public Strategy Strategy { get; private set; } = null!;

    public LiveCheckpoints Checkpoints => _checkpoints;

    /// <summary>The transaction for which it is locked.</summary>
    public WriteScope Scope { get; set; } = null!;

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

    /// <summary>Takes in that it has just been made.</summary>
    public void Made(WriteScope scope, string? actor)
    {
        Begin(Row.CreatedAt, actor);
        Happened(EventKind.JobCreated, new EventData.Created(Row.JobName, Row.Status), scope);
    }

    /// <summary>Takes in metrics; they are written at the end of the transaction.</summary>
    public void Report(JobReport report, WriteScope scope, long now, string? actor = null)
    {
        Begin(now, actor);
        var firstSeq = Row.Seq + 1;
        var (lowestStep, highestStep) = (long.MaxValue, long.MinValue);
        foreach (var entry in report.Entries)
        {
            if (!_intake.Take(report.Source, entry, scope)) continue;
            lowestStep = Math.Min(lowestStep, entry.Step);
            highestStep = Math.Max(highestStep, entry.Step);
        }

        _series.EndReport();
        if (Row.Seq < firstSeq) return;
        Reported(firstSeq, lowestStep, highestStep, scope);
        Heard(scope);
        if (Row.Status is JobStatus.Pending or JobStatus.Queued)
        {
            Happened(EventKind.StatusChanged, new EventData.Status(Row.Status, JobStatus.Running, null), scope);
            Row.Status = JobStatus.Running;
        }

        Row.StartedAt ??= now;
        _pace.Reported(Row, report, now);
    }

    /// <summary>Takes in that a checkpoint was saved, or what became of one.</summary>
    public void Save(CheckpointRow checkpoint, WriteScope scope, long now, string? actor = null)
    {
        Begin(now, actor);
        Heard(scope);
        _checkpoints.Save(checkpoint, scope, now);
    }

    /// <summary>Takes in the runs of a run folder.</summary>
    public void Import(IReadOnlyList<ImportedRun> runs, bool isWhole, WriteScope scope, long now, string? actor)
    {
        Begin(now, actor);
        new RunImport(this, scope, now).Take(runs, isWhole);
        _pace.Saved(this);
        _pace.Write(Row);
        // Earlier runs may have got more, and so may series that are known here.
        UseSeries(scope);
    }

    /// <summary>Changes what the row says, and ranks anew where the strategy is another one.</summary>
    public void Change(Action<JobRow> change, long now, string? actor = null)
    {
        var scope = Scope;
        Begin(now, actor);
        var old = Row with { };
        change(Row);
        if (old.TotalSteps != Row.TotalSteps || old.TotalEpochs != Row.TotalEpochs) _pace.Write(Row);
        if (old == Row) return;
        if (JobChanges.Between(old, Row) is { Count: > 0 } fields) Happened(EventKind.JobChanged, new EventData.Changed(fields), scope);
        if (old.Status != Row.Status) Happened(EventKind.StatusChanged, new EventData.Status(old.Status, Row.Status, Row.Error), scope);
        if (Row.Warning is { } warning && warning != old.Warning) Happened(EventKind.Warning, new EventData.Warning(Row.WarningCode, warning), scope);
        if (old.Strategy != Row.Strategy)
        {
            var name = Strategy.Name;
            UseStrategy();
            Happened(EventKind.StrategyChanged, new EventData.Strategy(old.Strategy ?? name, Row.Strategy ?? Strategy.Name, old.BestCheckpointPath, old.BestStep, old.BestEvalLoss), scope);
            // The old one may not have read what this one does.
            LoadRuns(scope);
            _isRanked = false;
        }

        // Whatever changed, other servers must notice.
        if (old.Seq == Row.Seq) Row.Seq++;
        RowIsOld();
    }

    /// <summary>Brings the best checkpoint up to date and writes the row.</summary>
    public void Save(WriteScope scope)
    {
        if (!_isRanked)
        {
            Rank(scope);
            _isRanked = true;
        }

        if (_isSaved) return;
        scope.Jobs.Update(Row, scope.Connection, scope.Transaction);
        _isSaved = true;
    }

    /// <summary>Takes in what another server wrote meanwhile: simply all of it again.</summary>
    public void Refresh(WriteScope scope)
    {
        Row = scope.Connection.QuerySingle<JobRow>($"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @JobId", new { Row.JobId }, scope.Transaction);
        LoadRest(scope);
    }

    /// <summary>Notes something that happened, with a number of its own.</summary>
    public void Happened<T>(string kind, T data, WriteScope scope)
    {
        Row.Seq++;
        EventWriter.Write(new JobEvent(Row.JobId, Row.Seq, kind, _now, _actor, EventData.ToJson(data)), scope);
        RowIsOld();
    }

    /// <summary>Notes which entries came, and over which steps they reach.</summary>
    public void Reported(long firstSeq, long lowestStep, long highestStep, WriteScope scope)
    {
        scope.Jobs.Reported(Row.JobId, new ReportedEntries(firstSeq, Row.Seq, lowestStep, highestStep), scope.Connection, scope.Transaction);
        RowIsOld();
    }

    public void RankingIsOld() => _isRanked = false;

    /// <summary>Ranks what is stored, whoever wrote the best columns.</summary>
    public void RankAnew(long now)
    {
        Begin(now, actor: null);
        _isRanked = false;
    }

    /// <summary>Begins a run that went back, or one of a folder.</summary>
    public JobRun BeginRun(JobRun? parent, long fromStep, WriteScope scope)
    {
        BeginFirstRun(scope);
        var run = Runs.Begin(parent, fromStep);
        Row.NewestRun = null;
        Store(run, scope);
        _series.Use(run.Number, Strategy);
        _isRanked = false;
        return run;
    }

    /// <summary>A job's first run is there from the beginning; it is stored when something of it is.</summary>
    public void BeginFirstRun(WriteScope scope)
    {
        if (_storedRuns == 0) Store(Runs.Runs[0], scope);
    }

    /// <summary>Makes an older run that has gone on the one of which the job speaks.</summary>
    public void Continue(JobRun run, WriteScope scope)
    {
        Runs.Continue(run);
        Row.NewestRun = run.Number == Runs.Runs.Count ? null : run.Number;
        Happened(EventKind.RunContinued, new EventData.Continued(run.Number), scope);
        _isRanked = false;
    }

    /// <summary>Notes something that somebody did to the job, which changes nothing of what is known of it.</summary>
    public void Note<T>(string kind, T data, WriteScope scope, long now, string? actor)
    {
        Begin(now, actor);
        Happened(kind, data, scope);
    }

    /// <summary>Takes in what the trainer itself kept as a run's best.</summary>
    public void Choose(JobRun run, TrainerChoice choice, WriteScope scope)
    {
        if (_choices.GetValueOrDefault(run.Number) == choice) return;
        _choices[run.Number] = choice;
        scope.Connection.Execute(
            "UPDATE job_runs SET best_metric = @metric, best_global_step = @BestGlobalStep, best_checkpoint_step = @BestCheckpointStep WHERE job_id = @JobId AND run = @Number",
            new { metric = EventData.Finite(choice.BestMetric), choice.BestGlobalStep, choice.BestCheckpointStep, Row.JobId, run.Number },
            scope.Transaction);
        _isRanked = false;
    }

    private void Heard(WriteScope scope)
    {
        if (Row.WarningCode != SilentJob.WarningCode) return;
        if (SilentJob.Heard(Row)) Happened(EventKind.StatusChanged, new EventData.Status(JobStatus.Failed, Row.Status, null), scope);
        RowIsOld();
    }

    private void Begin(long now, string? actor) => (_now, _actor) = (now, actor);

    private void RowIsOld()
    {
        Row.UpdatedAt = _now;
        _isSaved = false;
    }

    private void Rank(WriteScope scope)
    {
        var (oldPath, oldStep) = (Row.BestCheckpointPath, Row.BestStep);
        var ranking = _tracker.Rank(Runs.Newest, _checkpoints.Of(Runs.Newest), _choices.GetValueOrDefault(Runs.Newest.Number));
        BestColumns.Write(Row, ranking, _tracker);
        RowIsOld();
        scope.Rankings.Add(new JobRanked(Row.JobId, ranking, oldPath, oldStep, _bestEvaluation, _tracker.Evaluations is [.., var newest] ? newest : null));
        _bestEvaluation = ranking.BestEvaluation;
        if (Row.BestCheckpointPath != oldPath || (oldPath is not null && Row.BestStep != oldStep))
        {
            // Both scores are of this ranking: those of another history could not be compared.
            var previous = ranking.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Checkpoint.Path == oldPath);
            Happened(
                EventKind.NewBest,
                new EventData.Best(Row.BestCheckpointPath, oldPath, EventData.Finite(ranking.Best?.Score), EventData.Finite(previous?.Score), Row.BestEvalLoss, EventData.Finite(ranking.Best?.Epoch), ranking.Best?.Checkpoint.Step),
                scope);
        }

        if (RankingWarning.Write(Row, ranking)) Happened(EventKind.Warning, new EventData.Warning(Row.WarningCode, Row.Warning!), scope);
    }

    private void Store(JobRun run, WriteScope scope)
    {
        _storedRuns = run.Number;
        long? from = run.Parent is null ? null : run.FromStep;
        Happened(EventKind.RunStarted, new EventData.Run(run.Number, run.Parent, from), scope);
        scope.Connection.Execute(
            "INSERT INTO job_runs (job_id, run, parent_run, from_step, seq) VALUES (@JobId, @Number, @Parent, @from, @Seq)",
            new { Row.JobId, run.Number, run.Parent, from, Row.Seq },
            scope.Transaction);
    }

    private void LoadRest(WriteScope scope)
    {
        UseStrategy();
        _checkpoints.Load(scope);
        LoadRuns(scope);
        _pace.Load(this, scope);
    }

    private void LoadRuns(WriteScope scope)
    {
        scope.Points.Flush(scope.Connection, scope.Transaction);
        var stored = StoredRuns.Read(Row.JobId, Strategy, scope.Connection, scope.Transaction);
        Runs = stored.Runs;
        _storedRuns = stored.Count;
        _choices.Clear();
        foreach (var (run, choice) in stored.Choices) _choices.Add(run, choice);
        UseSeries(scope);
    }

    private void UseSeries(WriteScope scope)
    {
        _series.Use(Runs.Newest.Number, Strategy);
        _intake.Begin(scope.Connection.ExecuteScalar<long?>("SELECT MAX(highest_step) FROM reports WHERE job_id = @JobId", new { Row.JobId }, scope.Transaction) ?? long.MinValue);
    }

    private void UseStrategy()
    {
        Strategy = Row.Strategy is { } own && StrategyParser.TryParse(own, out var parsed, out _) ? parsed : _serverStrategy;
        _tracker = new JobTracker(Strategy);
        _series.Use(Runs.Newest.Number, Strategy);
    }
}
