using Dapper;
using Podium.Ranking;
using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Writing;
using Podium.Strategies;

namespace Podium.Storage.Jobs;

/// <summary>Jobs: making them, reporting to them, reading them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class JobStore
{
    private readonly Database _database;
    private readonly Writer _writer;
    private readonly JobReader _reader;
    private readonly KeptRuns _kept = new();
    private readonly TimeProvider _time;

    internal JobStore(Database database, Writer writer, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _reader = new JobReader(database);
        _time = time;
    }

    /// <summary>Makes a job.</summary>
    /// <param name="row">The job; its times are set here.</param>
    /// <param name="actor">Who does it, for the event.</param>
    /// <returns>False where there is one of this name, which stays as it is.</returns>
    public Task<bool> CreateAsync(JobRow row, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = Now();
        return _writer.WriteAsync(row.JobId, 0, scope =>
        {
            if (scope.Job(row.JobId) is not null) return false;
            var made = row with { Seq = 0, CreatedAt = now, UpdatedAt = now };
            scope.Connection.Execute(JobColumns.Insert, made, scope.Transaction);
            scope.Made(new LiveJob(made, _writer.ServerStrategy), actor);
            return true;
        });
    }

    /// <summary>Takes in metrics of a job.</summary>
    /// <param name="report">The metrics.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    /// <returns>False where there is no such job.</returns>
    /// <exception cref="StorageException">They could not be kept; nothing of them was.</exception>
    public async Task<bool> ReportAsync(JobReport report, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var points = report.PointCount;
        if (!await OfJob(report.JobId, points, (job, scope, now) => job.Report(report, scope, now, actor))) return false;
        WriteMeter.Reports.Add(1);
        WriteMeter.Points.Add(points);
        return true;
    }

    /// <summary>Takes in that a checkpoint was saved, or what became of one.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="actor">Who does it, for the event.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> SaveCheckpointAsync(CheckpointRow checkpoint, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return OfJob(checkpoint.JobId, 1, (job, scope, now) => job.Save(checkpoint, scope, now, actor));
    }

    /// <summary>Changes what a job's row says. A changed strategy ranks what is stored anew, in the same transaction.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="change">The change; it may be made more than once.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> ChangeAsync(string jobId, Action<JobRow> change, string? actor = null) => OfJob(jobId, 0, (job, _, now) => job.Change(change, now, actor));

    /// <summary>Notes that a token of a job was made or revoked.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="token">The token's name.</param>
    /// <param name="isAdded">Whether it was made.</param>
    /// <param name="actor">Who did it.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> NoteTokenAsync(string jobId, string token, bool isAdded, string? actor) =>
        OfJob(jobId, 0, (job, scope, now) => job.Note(isAdded ? EventKind.TokenAdded : EventKind.TokenRevoked, new EventData.Token(token), scope, now, actor));

    /// <summary>Brings in the runs of a run folder: what of them is there already is not written again, and nothing is changed then.</summary>
    /// <remarks>A run is known again by its history, whichever way that came; one that is not known becomes a run of the job, forked where it parts from the others.</remarks>
    /// <param name="jobId">The job.</param>
    /// <param name="runs">The runs, the one that was saved last at the end.</param>
    /// <param name="isWhole">Whether their checkpoints are all that there are: others are then gone.</param>
    /// <param name="actor">Who does it, for the events that come of it.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> ImportAsync(string jobId, IReadOnlyList<ImportedRun> runs, bool isWhole = true, string? actor = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return OfJob(jobId, runs.Sum(run => run.Run.History.Columns.Sum(column => column.Count)), (job, scope, now) => job.Import(runs, isWhole, scope, now, actor));
    }

    /// <summary>Reads the runs of a job for a ranking: their histories as far as a strategy reads them, what was saved along them, and what the trainer kept.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="strategy">The strategy that will rank.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The runs by their numbers, but the newest last; none where nothing is known of the job.</returns>
    public async Task<IReadOnlyList<JobRunContents>> ReadRunsAsync(string jobId, Strategy strategy, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        await using var transaction = _database.BeginRead(connection);
        var stored = _kept.Read(jobId, strategy, connection, transaction);
        var rows = (await connection.QueryAsync<CheckpointRow>(new CommandDefinition(
            $"SELECT {CheckpointColumns.All} FROM checkpoints WHERE job_id = @jobId AND gone_at IS NULL ORDER BY step, path", new { jobId }, transaction, cancellationToken: cancellation))).AsList();
        if (stored.Count == 0 && rows.Count == 0) return [];

        // One object a checkpoint, in however many runs it is.
        var checkpoints = rows.ConvertAll(row => (Run: (int)(row.Run ?? 1), Checkpoint: CheckpointColumns.ToCheckpoint(row)));
        return
        [
            .. stored.Runs.OrderBy(run => run.Number == stored.Newest).Select(run => new JobRunContents(
                run.Number,
                run.Parent,
                run.Parent is null ? null : run.FromStep,
                new Run(run.History, [.. checkpoints.Where(one => stored.Shares(run, one.Run, one.Checkpoint.Step)).Select(one => one.Checkpoint)])
                {
                    TrainerChoice = run.Choice,
                })),
        ];
    }

    /// <summary>Reads a job's row.</summary>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation)
    {
        // PostgreSQL has no text with this character, and does not look for one either.
        if (jobId.Contains('\0', StringComparison.Ordinal)) return null;
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @jobId", new { jobId }, cancellationToken: cancellation));
    }

    /// <summary>Reads jobs.</summary>
    /// <param name="query">Which, in which order, and how many.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The jobs, and how many there are in all.</returns>
    public Task<(IReadOnlyList<JobRow> Jobs, long Total)> ListAsync(JobQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _reader.ListAsync(query, cancellation);
    }

    /// <summary>Counts the jobs of each status.</summary>
    /// <param name="text">Only those with this in one of their names, as <see cref="JobQuery.Text"/>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Every status, those that no job has with 0.</returns>
    public Task<IReadOnlyDictionary<string, long>> CountByStatusAsync(string? text, CancellationToken cancellation) => _reader.CountByStatusAsync(text, cancellation);

    private Task<bool> OfJob(string jobId, int points, Action<LiveJob, WriteScope, long> work)
    {
        var now = Now();
        return _writer.WriteAsync(jobId, points, scope =>
        {
            if (scope.Job(jobId) is not { } job) return false;
            work(job, scope, now);
            return true;
        });
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
