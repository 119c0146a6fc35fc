using System.Data.Common;
using Dapper;
using Podium.Downsampling;
using Podium.Reports;
using Podium.Storage.Databases;

namespace Podium.Storage.Points;

/// <summary>Reads the points of jobs.</summary>
/// <remarks>Each answer shows one moment. Safe for use by several threads at once.</remarks>
public sealed class SeriesStore
{
    private readonly Database _database;
    private readonly BlockPacker _packer;

    internal SeriesStore(Database database, BlockPacker packer)
    {
        _database = database;
        _packer = packer;
    }

    /// <summary>The version that an answer about a job would have now: it costs far less than the answer.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<string?> VersionAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return await VersionAsync(connection, null, jobId, cancellation);
    }

    /// <summary>Says what series a job has.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<JobSeries?> ListAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        await using var transaction = _database.BeginRead(connection);
        if (await VersionAsync(connection, transaction, jobId, cancellation) is not { } version) return null;
        var runs = await RunChain.ReadAsync(connection, transaction, jobId, cancellation);
        var series = await connection.QueryAsync<(long Run, string Key)>(new CommandDefinition(
            "SELECT CAST(run AS BIGINT), key FROM series WHERE job_id = @jobId", new { jobId }, transaction, cancellationToken: cancellation));
        var keys = series.ToLookup(one => (int)one.Run, one => one.Key);
        return new JobSeries(version, [.. runs.Runs.Select(run => new RunSeries(run, [.. runs.From(run.Run).SelectMany(from => keys[from.Run]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))], runs.Newest);
    }

    /// <summary>Reads series of a run.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where there is no such job.</returns>
    public async Task<SeriesAnswer?> ReadAsync(SeriesRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var connection = await _database.OpenReaderAsync(cancellation);
        await using var transaction = _database.BeginRead(connection);
        if (await VersionAsync(connection, transaction, request.JobId, cancellation) is not { } version) return null;
        var runs = await RunChain.ReadAsync(connection, transaction, request.JobId, cancellation);
        var run = request.Run ?? runs.Newest;
        var chain = runs.From(run);

        // All at once: to ask for each of ten thousand would look through all of them each time.
        var byKey = (await connection.QueryAsync<(long Id, long Run, string Key)>(new CommandDefinition(
            "SELECT id, CAST(run AS BIGINT), key FROM series WHERE job_id = @JobId", new { request.JobId }, transaction, cancellationToken: cancellation))).ToLookup(series => series.Key, StringComparer.Ordinal);
        List<MetricSeries> answer = [];
        foreach (var key in request.Keys.Distinct(StringComparer.Ordinal))
        {
            var stored = byKey[key].ToDictionary(series => (int)series.Run, series => series.Id);
            var parts = chain.Where(part => stored.ContainsKey(part.Run)).Select(part => (Id: stored[part.Run], part.To)).ToArray();
            if (parts.Length == 0) continue;

            var downsampler = new Downsampler(request.MaxPoints);
            List<SeriesCursor> cursors = [.. parts.Select(part => new SeriesCursor(connection, transaction, part.Id, request.From, Math.Min(part.To, request.To)))];
            await SeriesMerge.ReadAsync(cursors, downsampler, cancellation);
            answer.Add(new MetricSeries(key, downsampler.ToArray(), downsampler.Count));
            foreach (var (part, cursor) in parts.Zip(cursors)) _packer.Saw(request.JobId, part.Id, cursor.UnpackedCount);
        }

        return new SeriesAnswer(version, run, answer);
    }

    /// <summary>Reads all that came for a metric over the MLflow protocol, in the order in which it came, in whichever run it stands now.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="key">The metric.</param>
    /// <param name="after">Only what came after this <see cref="StoredPoint.Seq"/>; 0: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The points; none where nothing came after.</returns>
    public async Task<IReadOnlyList<StoredPoint>> ReadMLflowHistoryAsync(string jobId, string key, long after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var connection = await _database.OpenReaderAsync(cancellation);
        await using var transaction = _database.BeginRead(connection);
        return await ArrivalReader.ReadAsync(connection, transaction, jobId, key, PointSource.MLflow, after, limit, cancellation);
    }

    /// <summary>Reads the latest point of every metric of a job: the one with the highest (step, time, value), whichever way it came.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<StoredPoint>> ReadLatestAsync(string jobId, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        // Each part is a look into the end of the series: a point without a time, or that is no number, comes after those with.
        var rows = await connection.QueryAsync<(string Key, long Step, long? Time, double? Value, long Seq)>(new CommandDefinition(
            """
            SELECT s.key, p.step, p.time, p.value, p.seq
            FROM series s
            JOIN points p ON p.series_id = s.id
              AND p.step = (SELECT MAX(last.step) FROM points last WHERE last.series_id = s.id)
              AND p.seq = (
                SELECT latest.seq FROM points latest WHERE latest.series_id = s.id
                ORDER BY latest.step DESC, latest.time DESC NULLS LAST, latest.value DESC NULLS LAST LIMIT 1)
            WHERE s.job_id = @jobId
            """,
            new { jobId },
            cancellationToken: cancellation));
        return
        [
            .. rows.GroupBy(row => row.Key, StringComparer.Ordinal)
                .Select(runs => runs.OrderByDescending(row => row.Step).ThenByDescending(row => row.Time).ThenByDescending(row => row.Value).First())
                .OrderBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => new StoredPoint(row.Key, row.Step, row.Time, row.Value ?? double.NaN, row.Seq)),
        ];
    }

    private static async Task<string?> VersionAsync(DbConnection connection, DbTransaction? transaction, string job, CancellationToken cancellation)
    {
        var row = await connection.QuerySingleOrDefaultAsync<(long CreatedAt, long Seq)?>(new CommandDefinition(
            "SELECT created_at, seq FROM local_training_jobs WHERE job_id = @job", new { job }, transaction, cancellationToken: cancellation));
        // Another job may bear this name later, and count from 1 again.
        return row is { } known ? $"{known.CreatedAt:x}-{known.Seq:x}" : null;
    }
}
