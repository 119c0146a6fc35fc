using System.Runtime.InteropServices;
using Dapper;
using Podium.Reports;
using Podium.Storage.Points;

namespace Podium.Storage.Writing;

/// <summary>The series of one run into which a run folder is brought, and what of them came from it before.</summary>
/// <remarks>A value counts as often as it is logged: behind the closing entry an evaluation may repeat one, and is an entry of its own.</remarks>
internal sealed class ImportedSeries
{
    private readonly LiveJob _job;
    private readonly int _run;
    private readonly WriteScope _scope;
    private readonly Dictionary<string, (long Id, long LastStep)> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, long Step, PointSource Source, double Value), int> _stored = [];

    public ImportedSeries(LiveJob job, int run, WriteScope scope)
    {
        (_job, _run, _scope) = (job, run, scope);
        scope.Points.Flush(scope.Connection, scope.Transaction);
        var series = scope.Connection.Query<(long Id, string Key)>("SELECT id, key FROM series WHERE job_id = @JobId AND run = @run", new { job.Row.JobId, run }, scope.Transaction).AsList();
        foreach (var (id, key) in series)
        {
            _series.Add(key, (id, scope.Connection.ExecuteScalar<long?>("SELECT MAX(step) FROM points WHERE series_id = @id", new { id }, scope.Transaction) ?? long.MinValue));
            foreach (var (step, source, value) in scope.Connection.Query<(long, long, double?)>(
                         "SELECT step, CAST(source AS BIGINT), value FROM points WHERE series_id = @id AND source IN (@state, @log)", new { id, state = (int)PointSource.StateFile, log = (int)PointSource.EventFile }, scope.Transaction))
                CollectionsMarshal.GetValueRefOrAddDefault(_stored, (key, step, (PointSource)source, value ?? double.NaN), out _)++;
        }
    }

    /// <summary>Whether a value is stored, once more than it was asked for before.</summary>
    public bool IsStored(string key, long step, PointSource source, double value)
    {
        ref var left = ref CollectionsMarshal.GetValueRefOrNullRef(_stored, (key, step, source, value));
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref left) || left == 0) return false;
        left--;
        return true;
    }

    public void Add(string key, PointSource source, in JobPoint point)
    {
        if (!_series.TryGetValue(key, out var series))
            series = (_scope.Connection.ExecuteScalar<long>("INSERT INTO series (job_id, run, key) VALUES (@JobId, @run, @key) RETURNING id", new { _job.Row.JobId, run = _run, key }, _scope.Transaction), long.MinValue);
        _scope.Points.Add(new NewPoint(series.Id, point.Step, point.Seq, (byte)source, point.Time, point.Value), isLate: point.Step <= series.LastStep);
        _series[key] = (series.Id, Math.Max(series.LastStep, point.Step));
    }
}
