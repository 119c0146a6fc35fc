using System.Data.Common;
using Dapper;

namespace Podium.Storage.Points;

/// <summary>A point on its way to the database.</summary>
/// <param name="Series">The series.</param>
/// <param name="Step">Its step.</param>
/// <param name="Seq">The job's number for the entry that it came in.</param>
/// <param name="Source">By which way it came.</param>
/// <param name="Time">When it was logged, in milliseconds since 1970 UTC, if that was said.</param>
/// <param name="Value">Its value; NaN and infinities too.</param>
internal readonly record struct NewPoint(long Series, long Step, long Seq, byte Source, long? Time, double Value);

/// <summary>Gathers the points of a transaction and writes them at its end, all at once.</summary>
internal abstract class PointWriter : IDisposable
{
    private readonly List<NewPoint> _waiting = [];
    private readonly Dictionary<long, long> _lateFrom = [];
    private int _count;

    /// <summary>Adds a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="isLate">Whether its series may hold points of this step or of higher ones: what is packed from there on is then unpacked.</param>
    public void Add(in NewPoint point, bool isLate)
    {
        _waiting.Add(point);
        if (isLate && (!_lateFrom.TryGetValue(point.Series, out var from) || point.Step < from)) _lateFrom[point.Series] = point.Step;
    }

    public void Flush(DbConnection connection, DbTransaction transaction)
    {
        if (_waiting.Count == 0) return;
        foreach (var (series, step) in _lateFrom)
            connection.Execute("DELETE FROM point_blocks WHERE series_id = @series AND last_step >= @step", new { series, step }, transaction);

        Insert(_waiting, connection, transaction);
        _count += _waiting.Count;
        Clear();
    }

    /// <summary>How many points were written since this was last asked.</summary>
    public int TakeCount()
    {
        var count = _count;
        _count = 0;
        return count;
    }

    public void Clear()
    {
        _waiting.Clear();
        _lateFrom.Clear();
    }

    /// <summary>Inserts points, whose order does not matter.</summary>
    protected abstract void Insert(List<NewPoint> points, DbConnection connection, DbTransaction transaction);

    public virtual void Dispose()
    {
    }
}
