using System.Data.Common;
using Dapper;
using Podium.Ranking;
using Podium.Reports;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>The runs of a job as they are stored, as far as a ranking reads them, read back in the order in which they came: so the same runs are found again.</summary>
/// <remarks>
/// Read once more, it reads what came since and no more. Histories that were taken from it before stay as they were. Not safe for
/// use by several threads at once.
/// </remarks>
/// <param name="job">The job.</param>
internal sealed class StoredRuns(string job)
{
    private long _createdAt;
    private long _seq;
    // The first run is there from the beginning, stored or not.
    private int _begun;

    /// <summary>The runs; a job without any has the first all the same.</summary>
    public JobRuns Runs { get; } = new();

    /// <summary>How many are stored.</summary>
    public int Count { get; private set; }

    /// <summary>What trainers kept as their best, by the run's number.</summary>
    public IReadOnlyDictionary<int, TrainerChoice> Choices { get; private set; } = new Dictionary<int, TrainerChoice>();

    /// <summary>About how much memory it takes, in points.</summary>
    public int Weight => 64 + Runs.Runs.Sum(run => run.PointCount);

    /// <summary>Reads all of a job.</summary>
    public static StoredRuns Read(string job, Strategy strategy, DbConnection connection, DbTransaction? transaction)
    {
        var stored = new StoredRuns(job);
        stored.TryReadOn(strategy, connection, transaction);
        return stored;
    }

    /// <summary>Reads what came since the last time.</summary>
    /// <param name="strategy">How it is to be ranked; the same each time.</param>
    /// <param name="connection">The database.</param>
    /// <param name="transaction">Within it, all is of one moment.</param>
    /// <returns>False where another job bears the name meanwhile: nothing was read then.</returns>
    public bool TryReadOn(Strategy strategy, DbConnection connection, DbTransaction? transaction)
    {
        var now = connection.QuerySingleOrDefault<(long CreatedAt, long Seq, long? NewestRun)?>(
            "SELECT created_at, seq, newest_run FROM local_training_jobs WHERE job_id = @job", new { job }, transaction);
        if (_seq > 0 && (now is null || now.Value.CreatedAt != _createdAt || now.Value.Seq < _seq)) return false;

        var stored = connection.Query<StoredRun>(
            "SELECT CAST(run AS BIGINT) AS Run, CAST(parent_run AS BIGINT) AS Parent, from_step AS FromStep, seq AS Seq, best_metric AS BestMetric, best_global_step AS BestGlobalStep, best_checkpoint_step AS BestCheckpointStep FROM job_runs WHERE job_id = @job ORDER BY run",
            new { job },
            transaction).AsList();
        _begun = Math.Max(_begun, Math.Min(1, stored.Count));
        foreach (var entry in Entries(strategy, connection, transaction))
        {
            while (_begun < stored.Count && stored[_begun].Seq < entry.Seq) Begin(stored[_begun++]);
            Runs.Add(Runs.Runs[entry.Run - 1], entry.Entry);
        }

        while (_begun < stored.Count) Begin(stored[_begun++]);
        // None named: the one that began last, which may have gone on again since another was.
        if (now?.NewestRun is not { } number || number > Runs.Runs.Count) number = Runs.Runs.Count;
        Runs.Continue(Runs.Runs[(int)number - 1]);
        Count = stored.Count;
        Choices = stored.ToDictionary(run => (int)run.Run, run => new TrainerChoice(run.BestMetric, run.BestGlobalStep, run.BestCheckpointStep));
        (_createdAt, _seq) = (now?.CreatedAt ?? 0, now?.Seq ?? 0);
        return true;
    }

    private void Begin(StoredRun run) => Runs.Begin(run.Parent is { } parent ? Runs.Runs[(int)parent - 1] : null, run.FromStep ?? long.MinValue);

    private IEnumerable<(long Seq, int Run, ReportedEntry Entry)> Entries(Strategy strategy, DbConnection connection, DbTransaction? transaction)
    {
        // Points lie in the order of their steps. Reports say over which steps each reaches: what is new is looked for there alone.
        long? from = _seq == 0 ? long.MinValue : connection.QuerySingle<long?>("SELECT MIN(lowest_step) FROM reports WHERE job_id = @job AND last_seq > @seq", new { job, seq = _seq }, transaction);
        if (from is null) yield break;
        var keys = connection.Query<(long Id, string Key, long Run)>("SELECT id, key, CAST(run AS BIGINT) FROM series WHERE job_id = @job", new { job }, transaction)
            .Where(series => RankedMetrics.Include(series.Key, strategy))
            .ToDictionary(series => series.Id, series => (series.Key, Run: (int)series.Run));
        if (keys.Count == 0) yield break;

        // Numbers of our own making: nothing here comes from outside.
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT series_id, step, seq, source, value FROM points WHERE series_id IN ({string.Join(", ", keys.Keys)}){(_seq == 0 ? "" : $" AND step >= {from} AND seq > {_seq}")} ORDER BY seq";
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
