using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Jobs;

/// <summary>Jobs: making them, reporting to them, reading them.</summary>
/// <remarks>What a method has returned from is on disk. Safe for use by several threads at once.</remarks>
public sealed class JobStore
{
    private readonly Database _database;
    private readonly Writer _writer;
    private readonly TimeProvider _time;

    internal JobStore(Database database, Writer writer, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _time = time;
    }

    /// <summary>Makes a job.</summary>
    /// <param name="row">The job; its times are set here.</param>
    /// <returns>False where there is one of this name, which stays as it is.</returns>
    public Task<bool> CreateAsync(JobRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var now = Now();
        return _writer.WriteAsync(row.JobId, 0, scope =>
        {
            if (scope.Job(row.JobId) is not null) return false;
            var made = row with { CreatedAt = now, UpdatedAt = now };
            scope.Connection.Execute(JobColumns.Insert, made, scope.Transaction);
            scope.Made(new LiveJob(made, _writer.ServerStrategy));
            return true;
        });
    }

    /// <summary>Takes in metrics of a job.</summary>
    /// <param name="report">The metrics.</param>
    /// <returns>False where there is no such job.</returns>
    /// <exception cref="StorageException">They could not be kept; nothing of them was.</exception>
    public Task<bool> ReportAsync(JobReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return OfJob(report.JobId, report.PointCount, (job, scope, now) => job.Report(report, scope, now));
    }

    /// <summary>Takes in that a checkpoint was saved, or what became of one.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> SaveCheckpointAsync(CheckpointRow checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return OfJob(checkpoint.JobId, 1, (job, scope, now) => job.Save(checkpoint, scope, now));
    }

    /// <summary>Changes what a job's row says. A changed strategy ranks what is stored anew, in the same transaction.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="change">The change; it may be made more than once.</param>
    /// <returns>False where there is no such job.</returns>
    public Task<bool> ChangeAsync(string jobId, Action<JobRow> change) => OfJob(jobId, 0, (job, _, now) => job.Change(change, now));

    /// <summary>Reads a job's row.</summary>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobRow?> FindAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @jobId", new { jobId }, cancellationToken: cancellation));
    }

    /// <summary>Reads jobs, the newest first.</summary>
    /// <param name="status">Only those of a status; null: all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="offset">How many to pass over.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The jobs, and how many there are in all.</returns>
    public async Task<(IReadOnlyList<JobRow> Jobs, long Total)> ListAsync(string? status, int limit, int offset, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var where = status is null ? "" : "WHERE status = @status";
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COUNT(*) FROM local_training_jobs {where}", new { status }, cancellationToken: cancellation));
        var jobs = await connection.QueryAsync<JobRow>(new CommandDefinition(
            $"SELECT {JobColumns.All} FROM local_training_jobs {where} ORDER BY created_at DESC, job_id DESC LIMIT @limit OFFSET @offset", new { status, limit, offset }, cancellationToken: cancellation));
        return (jobs.AsList(), total);
    }

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
