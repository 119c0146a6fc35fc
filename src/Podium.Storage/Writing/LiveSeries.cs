using Dapper;
using Podium.Histories;
using Podium.Reports;
using Podium.Storage.Points;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>The series of a job's newest run, and what is known of the points in them.</summary>
internal sealed class LiveSeries(string job)
{
    private readonly Dictionary<string, SeriesEnd> _ends = new(StringComparer.Ordinal);
    // Of the report that is taken in: what it says again is looked up here.
    private readonly Dictionary<long, StoredPoints> _stored = [];
    private int _run;
    private Strategy? _strategy;

    public int Count => _ends.Count;

    /// <summary>Begins anew with a run.</summary>
    public void Use(int run, Strategy strategy)
    {
        (_run, _strategy) = (run, strategy);
        _ends.Clear();
        _stored.Clear();
    }

    /// <summary>Forgets which points are stored: others may be, by the next report.</summary>
    public void EndReport() => _stored.Clear();

    public SeriesEnd Find(string key, WriteScope scope)
    {
        if (_ends.TryGetValue(key, out var known)) return known;
        var end = new SeriesEnd(key) { IsRanked = RankedMetrics.Include(key, _strategy), IsEpoch = key is MetricKeys.Epoch };
        var id = scope.Connection.ExecuteScalar<long?>("SELECT id FROM series WHERE job_id = @job AND run = @run AND key = @key", new { job, run = _run, key }, scope.Transaction);
        if (id is not null)
        {
            // What waits to be written counts too.
            scope.Points.Flush(scope.Connection, scope.Transaction);
            end.Id = id.Value;
            end.LastStep = scope.Connection.ExecuteScalar<long?>("SELECT MAX(step) FROM points WHERE series_id = @id", new { id }, scope.Transaction) ?? long.MinValue;
        }

        _ends.Add(key, end);
        return end;
    }

    /// <summary>Adds a point.</summary>
    public void Add(SeriesEnd end, PointSource source, in JobPoint point, WriteScope scope)
    {
        if (end.Id == 0)
            end.Id = scope.Connection.ExecuteScalar<long>("INSERT INTO series (job_id, run, key) VALUES (@job, @run, @key) RETURNING id", new { job, run = _run, key = end.Key }, scope.Transaction);
        scope.Points.Add(new NewPoint(end.Id, point.Step, point.Seq, (byte)source, point.Time, point.Value), isLate: point.Step <= end.LastStep);
        end.LastStep = Math.Max(end.LastStep, point.Step);
        if (end.Grow() is var grown and > 0) scope.Packer.Saw(job, end.Id, grown);
    }

    /// <summary>Whether a point was kept before: the same again (step, time, value) is kept once. Only one that goes back is looked up.</summary>
    public bool IsStored(SeriesEnd end, long step, long? time, double value, WriteScope scope) =>
        end.Id != 0 && step <= end.LastStep && IsStored(end.Id, step, time, value, scope);

    /// <summary>Whether an earlier run has a point: one that was on its way for long must not enter the newest.</summary>
    public bool IsOfAnEarlierRun(SeriesEnd end, long step, long? time, double value, WriteScope scope)
    {
        end.Earlier ??= [.. scope.Connection.Query<long>("SELECT id FROM series WHERE job_id = @job AND key = @key AND run <> @run", new { job, key = end.Key, run = _run }, scope.Transaction)];
        foreach (var earlier in end.Earlier)
            if (IsStored(earlier, step, time, value, scope))
                return true;

        return false;
    }

    private bool IsStored(long series, long step, long? time, double value, WriteScope scope)
    {
        if (!_stored.TryGetValue(series, out var stored)) _stored.Add(series, stored = new StoredPoints(series));
        return !stored.Add(step, time, value, scope);
    }
}

/// <summary>A point of a job.</summary>
internal readonly record struct JobPoint(long Step, long Seq, long? Time, double Value);
