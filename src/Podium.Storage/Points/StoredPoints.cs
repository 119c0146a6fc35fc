using Dapper;
using Podium.Storage.Writing;

namespace Podium.Storage.Points;

/// <summary>What is stored of a series around a step, to tell a point that comes again from one that is new.</summary>
/// <remarks>
/// What comes again mostly comes in the order of its steps, a whole run of it: so each look into the database reads further ahead
/// than the one before. Good for one report; what else is written to the series meanwhile is unknown to it.
/// </remarks>
internal sealed class StoredPoints(long series)
{
    private const int FewestRows = 16;
    private const int MostRows = 8192;

    private readonly HashSet<(long Step, long? Time, double Value)> _known = [];
    private long _from = long.MaxValue;
    private long _to = long.MinValue;
    private int _rows = FewestRows;

    /// <summary>Takes in a point.</summary>
    /// <returns>False where the same one (step, time, value; NaN is NaN) is there.</returns>
    public bool Add(long step, long? time, double value, WriteScope scope)
    {
        if (step < _from || step > _to) Read(step, scope);
        return _known.Add((step, time, value));
    }

    private void Read(long step, WriteScope scope)
    {
        scope.Points.Flush(scope.Connection, scope.Transaction);
        _rows = step > _to && _known.Count > 0 ? Math.Min(_rows * 4, MostRows) : FewestRows;
        _known.Clear();
        var rows = scope.Connection.Query<(long Step, long? Time, double? Value)>(
            "SELECT step, time, value FROM points WHERE series_id = @series AND step >= @step ORDER BY step LIMIT @limit",
            new { series, step, limit = _rows },
            scope.Transaction).AsList();
        (_from, _to) = (step, step);
        if (rows.Count == _rows && rows[^1].Step == step)
        {
            // More at one step than fit: all of it, and of it alone.
            rows = scope.Connection.Query<(long Step, long? Time, double? Value)>(
                "SELECT step, time, value FROM points WHERE series_id = @series AND step = @step", new { series, step }, scope.Transaction).AsList();
        }
        else if (rows.Count > 0)
        {
            // The last step may have more rows than were read.
            _to = Math.Max(step, rows.Count == _rows ? rows[^1].Step - 1 : rows[^1].Step);
        }

        foreach (var row in rows)
            if (row.Step <= _to)
                _known.Add((row.Step, row.Time, row.Value ?? double.NaN));
    }
}
