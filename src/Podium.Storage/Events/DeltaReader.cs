using System.Data.Common;
using Dapper;
using Podium.Storage.Jobs;

namespace Podium.Storage.Events;

/// <summary>Finds what came after a number, though points lie in the order of their steps.</summary>
/// <remarks>A job's reports say over which steps each reaches: points are looked for there alone. Some reports are read at a time, so that one who was away long gets it in parts.</remarks>
internal static class DeltaReader
{
    private const int MostReports = 64;
    private const int MostEntries = 8_000;
    private const int MostEvents = 1_000;

    public static async Task<JobDelta?> ReadAsync(DbConnection connection, DbTransaction transaction, string job, long after, CancellationToken cancellation)
    {
        var row = await connection.QuerySingleOrDefaultAsync<JobRow>(new CommandDefinition(
            $"SELECT {JobColumns.All} FROM local_training_jobs WHERE job_id = @job", new { job }, transaction, cancellationToken: cancellation));
        if (row is null) return null;
        if (row.Seq <= after) return new JobDelta(row.Seq, true, row, [], []);

        var window = await WindowAsync(connection, transaction, job, after, cancellation);
        var to = window?.To ?? row.Seq;
        var events = (await connection.QueryAsync<JobEvent>(new CommandDefinition(
            "SELECT job_id AS JobId, seq AS Seq, kind AS Kind, time AS Time, actor AS Actor, data AS Data FROM job_events WHERE job_id = @job AND seq > @after AND seq <= @to ORDER BY seq LIMIT @limit",
            new { job, after, to, limit = MostEvents }, transaction, cancellationToken: cancellation))).AsList();
        if (events.Count == MostEvents) to = events[^1].Seq;
        var points = window is { } steps ? await PointsAsync(connection, transaction, job, after, to, steps.Lowest, steps.Highest, cancellation) : [];
        return new JobDelta(to, to >= row.Seq, row, points, events);
    }

    /// <summary>Up to which number to read now, and over which steps; null where no report came, so that there are at most events.</summary>
    private static async Task<(long? To, long Lowest, long Highest)?> WindowAsync(DbConnection connection, DbTransaction transaction, string job, long after, CancellationToken cancellation)
    {
        var reports = (await connection.QueryAsync<(long Last, long First, long Lowest, long Highest)>(new CommandDefinition(
            "SELECT last_seq, first_seq, lowest_step, highest_step FROM reports WHERE job_id = @job AND last_seq > @after ORDER BY last_seq LIMIT @limit",
            new { job, after, limit = MostReports + 1 }, transaction, cancellationToken: cancellation))).AsList();
        if (reports.Count == 0) return null;

        var (to, lowest, highest, count) = (0L, long.MaxValue, long.MinValue, 0);
        while (count < Math.Min(reports.Count, MostReports) && (count == 0 || reports[count].Last - after <= MostEntries))
        {
            to = reports[count].Last;
            lowest = Math.Min(lowest, reports[count].Lowest);
            highest = Math.Max(highest, reports[count++].Highest);
        }

        return (count < reports.Count ? to : null, lowest, highest);
    }

    private static async Task<IReadOnlyList<NewPoints>> PointsAsync(
        DbConnection connection, DbTransaction transaction, string job, long after, long to, long lowest, long highest, CancellationToken cancellation)
    {
        var rows = await connection.QueryAsync<(long Run, string Key, long Step, double? Value)>(new CommandDefinition(
            """
            SELECT CAST(s.run AS BIGINT), s.key, p.step, p.value
            FROM series s JOIN points p ON p.series_id = s.id
            WHERE s.job_id = @job AND p.step BETWEEN @lowest AND @highest AND p.seq > @after AND p.seq <= @to
              AND NOT EXISTS (SELECT 1 FROM points better WHERE better.series_id = p.series_id AND better.step = p.step AND better.source < p.source)
            ORDER BY s.run, s.key, p.step, p.seq
            """,
            new { job, after, to, lowest, highest }, transaction, cancellationToken: cancellation));
        List<NewPoints> answer = [];
        List<(long, double)> points = [];
        foreach (var row in rows)
        {
            if (answer.Count == 0 || answer[^1].Run != row.Run || answer[^1].Key != row.Key) answer.Add(new NewPoints((int)row.Run, row.Key, points = []));
            points.Add((row.Step, row.Value ?? double.NaN));
        }

        return answer;
    }
}
