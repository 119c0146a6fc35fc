using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Points;

/// <summary>Packs a part of a series in a transaction.</summary>
internal static class SeriesPacking
{
    // Some tens of milliseconds: who reports meanwhile waits for it.
    private const int BlocksTogether = 8;

    /// <summary>Packs the next blocks of a series; the newest points stay open, for what comes a little late unpacks what it falls into.</summary>
    /// <returns>Whether there may be more to pack.</returns>
    public static bool Pack(string job, long series, WriteScope scope)
    {
        // Behind this lock no other server writes to the job: what is read here is all there is.
        var locked = scope.Connection.ExecuteScalar<long?>(
            $"SELECT seq FROM local_training_jobs WHERE job_id = @job AND EXISTS (SELECT 1 FROM series WHERE id = @series){(scope.Database.Engine == Engine.Postgres ? " FOR UPDATE" : "")}",
            new { job, series },
            scope.Transaction);
        if (locked is null) return false;

        scope.Points.Flush(scope.Connection, scope.Transaction);
        var packedTo = Now(SeriesCursor.PackedToAsync(scope.Connection, scope.Transaction, series, CancellationToken.None));
        var points = new Winners();
        var rows = new RowReader(scope.Connection, scope.Transaction, series, packedTo is { } to ? to + 1 : long.MinValue, long.MaxValue);
        const int most = (BlocksTogether + 1) * PointBlock.Length;
        var isMore = true;
        while (points.Count < most && isMore) isMore = Now(rows.ReadAsync(points, CancellationToken.None).AsTask());

        for (var i = 0; i < BlocksTogether && points.Count >= BlockPacker.WorthPacking; i++)
        {
            Insert(series, points, scope);
            points.DropFirst(PointBlock.Length);
        }

        return isMore;
    }

    private static void Insert(long series, Winners points, WriteScope scope)
    {
        var steps = points.Steps[..PointBlock.Length];
        var values = points.Values[..PointBlock.Length];
        double? minimum = null, maximum = null;
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            minimum = Math.Min(minimum ?? value, value);
            maximum = Math.Max(maximum ?? value, value);
        }

        scope.Connection.Execute(
            "INSERT INTO point_blocks (series_id, first_step, last_step, count, minimum, maximum, data) VALUES (@series, @first, @last, @count, @minimum, @maximum, @data)",
            new { series, first = steps[0], last = steps[^1], count = steps.Length, minimum, maximum, data = PointBlock.Pack(steps, values, points.Sources[..PointBlock.Length]) },
            scope.Transaction);
    }

    /// <summary>The writer has a thread of its own, which blocks while the database works.</summary>
    private static T Now<T>(Task<T> reading) => reading.GetAwaiter().GetResult();
}
