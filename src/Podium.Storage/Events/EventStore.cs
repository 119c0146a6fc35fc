using Dapper;
using Podium.Storage.Databases;

namespace Podium.Storage.Events;

/// <summary>Reads what happened to jobs.</summary>
/// <remarks>Events are written with what they tell of, in the same transaction. Safe for use by several threads at once.</remarks>
public sealed class EventStore
{
    private readonly Database _database;

    internal EventStore(Database database) => _database = database;

    /// <summary>Reads a page of a job's events, the oldest first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="after">Only those after this <see cref="JobEvent.Seq"/>; 0: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<JobEvent>> ReadAsync(string jobId, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var events = await connection.QueryAsync<JobEvent>(new CommandDefinition(
            "SELECT job_id AS JobId, seq AS Seq, kind AS Kind, time AS Time, actor AS Actor, data AS Data FROM job_events WHERE job_id = @jobId AND seq > @after ORDER BY seq LIMIT @limit",
            new { jobId, after, limit },
            cancellationToken: cancellation));
        return events.AsList();
    }

    /// <summary>Reads a page of a job's events, the newest first.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="before">Only those before this <see cref="JobEvent.Seq"/>; <see cref="long.MaxValue"/>: from the end.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="kind">Only those of this kind; null: all.</param>
    public async Task<IReadOnlyList<JobEvent>> ReadNewestAsync(string jobId, long before, int limit, CancellationToken cancellation, string? kind = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var events = await connection.QueryAsync<JobEvent>(new CommandDefinition(
            $"SELECT job_id AS JobId, seq AS Seq, kind AS Kind, time AS Time, actor AS Actor, data AS Data FROM job_events WHERE job_id = @jobId AND seq < @before{(kind is null ? "" : " AND kind = @kind")} ORDER BY seq DESC LIMIT @limit",
            new { jobId, before, limit, kind },
            cancellationToken: cancellation));
        return events.AsList();
    }

    /// <summary>Counts a job's events of each kind, in the order of their names.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<KeyValuePair<string, long>>> CountKindsAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        var counts = await connection.QueryAsync<(string Kind, long Count)>(new CommandDefinition(
            "SELECT kind, COUNT(*) FROM job_events WHERE job_id = @jobId GROUP BY kind ORDER BY kind", new { jobId }, cancellationToken: cancellation));
        return [.. counts.Select(count => KeyValuePair.Create(count.Kind, count.Count))];
    }

    /// <summary>Reads what came to a job after a number: its points and events, up to a number that the answer names.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="after">The number; the answer's <see cref="JobDelta.To"/> leads to the next.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobDelta?> ReadDeltaAsync(string jobId, long after, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        await using var transaction = _database.BeginRead(connection);
        return await DeltaReader.ReadAsync(connection, transaction, jobId, after, cancellation);
    }
}
