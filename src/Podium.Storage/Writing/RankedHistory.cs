using System.Data.Common;
using Dapper;
using Podium.Ranking;
using Podium.Reports;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>The runs of a job as they are stored, as far as a ranking reads them.</summary>
/// <param name="Runs">The runs; a job without any has the first all the same.</param>
/// <param name="Count">How many are stored.</param>
/// <param name="Choices">What trainers kept as their best, by the run's number.</param>
internal sealed record StoredRuns(JobRuns Runs, int Count, IReadOnlyDictionary<int, TrainerChoice> Choices);

/// <summary>Reads back what a job's ranking needs, in the order in which it came: so the same runs are found again.</summary>
internal static class RankedHistory
{
    /// <summary>Gives the stored entries of a job to its runs.</summary>
    public static StoredRuns Read(string job, Strategy strategy, DbConnection connection, DbTransaction? transaction)
    {
        var stored = connection.Query<StoredRun>(
            "SELECT CAST(run AS BIGINT) AS Run, CAST(parent_run AS BIGINT) AS Parent, from_step AS FromStep, seq AS Seq, best_metric AS BestMetric, best_global_step AS BestGlobalStep, best_checkpoint_step AS BestCheckpointStep FROM job_runs WHERE job_id = @job ORDER BY run",
            new { job },
            transaction).AsList();
        var runs = new JobRuns();
        // The first is there from the beginning.
        var begun = Math.Min(1, stored.Count);
        foreach (var entry in Entries(job, strategy, connection, transaction))
        {
            while (begun < stored.Count && stored[begun].Seq < entry.Seq) Begin(runs, stored[begun++]);
            runs.Add(runs.Runs[entry.Run - 1], entry.Entry);
        }

        while (begun < stored.Count) Begin(runs, stored[begun++]);
        var newest = connection.QuerySingleOrDefault<long?>("SELECT newest_run FROM local_training_jobs WHERE job_id = @job", new { job }, transaction);
        if (newest is { } number && number <= runs.Runs.Count) runs.Continue(runs.Runs[(int)number - 1]);
        return new StoredRuns(runs, stored.Count, stored.ToDictionary(run => (int)run.Run, run => new TrainerChoice(run.BestMetric, run.BestGlobalStep, run.BestCheckpointStep)));
    }

    private static void Begin(JobRuns runs, StoredRun run) => runs.Begin(run.Parent is { } parent ? runs.Runs[(int)parent - 1] : null, run.FromStep ?? long.MinValue);

    private static IEnumerable<(long Seq, int Run, ReportedEntry Entry)> Entries(string job, Strategy strategy, DbConnection connection, DbTransaction? transaction)
    {
        var keys = connection.Query<(long Id, string Key, long Run)>("SELECT id, key, CAST(run AS BIGINT) FROM series WHERE job_id = @job", new { job }, transaction)
            .Where(series => RankedMetrics.Include(series.Key, strategy))
            .ToDictionary(series => series.Id, series => (series.Key, Run: (int)series.Run));
        if (keys.Count == 0) yield break;

        // Numbers of our own making: nothing here comes from outside.
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT series_id, step, seq, source, value FROM points WHERE series_id IN ({string.Join(", ", keys.Keys)}) ORDER BY seq";
        using var reader = command.ExecuteReader();
        List<KeyValuePair<string, double>> metrics = [];
        var (seq, step, run, source) = (long.MinValue, 0L, 0, PointSource.StateFile);
        while (reader.Read())
        {
            var (key, itsRun) = keys[reader.GetInt64(0)];
            var itsSeq = reader.GetInt64(2);
            if (itsSeq != seq)
            {
                if (metrics.Count > 0) yield return (seq, run, new ReportedEntry(source, step, metrics));
                metrics = [];
                (seq, step, run, source) = (itsSeq, reader.GetInt64(1), itsRun, (PointSource)reader.GetInt16(3));
            }

            metrics.Add(new(key, reader.IsDBNull(4) ? double.NaN : reader.GetDouble(4)));
        }

        if (metrics.Count > 0) yield return (seq, run, new ReportedEntry(source, step, metrics));
    }

    private sealed record StoredRun
    {
        public long Run { get; init; }

        public long? Parent { get; init; }

        public long? FromStep { get; init; }

        public long Seq { get; init; }

        public double? BestMetric { get; init; }

        public long? BestGlobalStep { get; init; }

        public long? BestCheckpointStep { get; init; }
    }
}
