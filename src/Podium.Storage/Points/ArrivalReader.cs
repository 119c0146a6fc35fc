using System.Data.Common;
using Dapper;
using Podium.Reports;

namespace Podium.Storage.Points;

/// <summary>Reads points in the order in which they came, though they lie in the order of their steps.</summary>
/// <remarks>
/// A job's reports say over which steps each reaches: so what came in some reports is looked for there alone, and a page of a long
/// series costs a page, not the series.
/// </remarks>
internal static class ArrivalReader
{
    private const int FewestReports = 4;

    public static async Task<IReadOnlyList<StoredPoint>> ReadAsync(
        DbConnection connection, DbTransaction transaction, string job, string key, PointSource source, long after, int limit, CancellationToken cancellation)
    {
        List<StoredPoint> points = [];
        for (var reports = FewestReports; points.Count < limit; reports *= 2)
        {
            var window = await connection.QuerySingleAsync<(long? To, long? Lowest, long? Highest)>(new CommandDefinition(
                """
                SELECT MAX(last_seq), MIN(lowest_step), MAX(highest_step) FROM (
                  SELECT last_seq, lowest_step, highest_step FROM reports WHERE job_id = @job AND last_seq > @after ORDER BY last_seq LIMIT @reports) few
                """,
                new { job, after, reports }, transaction, cancellationToken: cancellation));
            if (window is not { To: { } to, Lowest: { } lowest, Highest: { } highest }) break;

            var rows = await connection.QueryAsync<(long Step, long? Time, double? Value, long Seq)>(new CommandDefinition(
                """
                SELECT p.step, p.time, p.value, p.seq
                FROM series s JOIN points p ON p.series_id = s.id
                WHERE s.job_id = @job AND s.key = @key AND p.step BETWEEN @lowest AND @highest
                  AND p.seq > @after AND p.seq <= @to AND p.source = @source
                ORDER BY p.seq
                """,
                new { job, key, lowest, highest, after, to, source = (int)source }, transaction, cancellationToken: cancellation));
            points.AddRange(rows.Select(row => new StoredPoint(key, row.Step, row.Time, row.Value ?? double.NaN, row.Seq)));
            after = to;
        }

        return points.Count > limit ? points[..limit] : points;
    }
}
