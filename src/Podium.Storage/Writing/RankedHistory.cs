using System.Data.Common;
using Dapper;
using Podium.Reports;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>Reads back what a job's ranking needs, in the order in which it came: so the same runs are found again.</summary>
internal static class RankedHistory
{
    /// <summary>Gives the stored entries of a job to its runs.</summary>
    public static void Replay(string job, Strategy strategy, JobRuns runs, DbConnection connection, DbTransaction? transaction)
    {
        var keys = connection.Query<(long Id, string Key)>("SELECT id, key FROM series WHERE job_id = @job", new { job }, transaction)
            .Where(series => RankedMetrics.Include(series.Key, strategy))
            .ToDictionary(series => series.Id, series => series.Key);
        if (keys.Count == 0) return;

        // Numbers of our own making: nothing here comes from outside.
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT series_id, step, seq, source, value FROM points WHERE series_id IN ({string.Join(", ", keys.Keys)}) ORDER BY seq";
        using var reader = command.ExecuteReader();
        List<KeyValuePair<string, double>> metrics = [];
        var (seq, step, source) = (long.MinValue, 0L, PointSource.StateFile);
        while (reader.Read())
        {
            var itsSeq = reader.GetInt64(2);
            if (itsSeq != seq)
            {
                if (metrics.Count > 0) runs.Add(new ReportedEntry(source, step, metrics));
                metrics = [];
                (seq, step, source) = (itsSeq, reader.GetInt64(1), (PointSource)reader.GetInt16(3));
            }

            metrics.Add(new(keys[reader.GetInt64(0)], reader.IsDBNull(4) ? double.NaN : reader.GetDouble(4)));
        }

        if (metrics.Count > 0) runs.Add(new ReportedEntry(source, step, metrics));
    }
}
