using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Podium.Storage.Points;

/// <summary>Inserts points row by row through one prepared statement: in a process there is nothing faster.</summary>
internal sealed class SqlitePointWriter : PointWriter
{
    private SqliteCommand? _insert;

    public override void Flush(DbConnection connection, DbTransaction transaction)
    {
        if (Waiting.Count == 0) return;
        var insert = Prepared((SqliteConnection)connection);
        insert.Transaction = (SqliteTransaction)transaction;
        var (series, step, seq, source, time, value) = (insert.Parameters[0], insert.Parameters[1], insert.Parameters[2], insert.Parameters[3], insert.Parameters[4], insert.Parameters[5]);
        foreach (var point in Waiting)
        {
            series.Value = point.Series;
            step.Value = point.Step;
            seq.Value = point.Seq;
            source.Value = (long)point.Source;
            time.Value = point.Time is { } at ? at : DBNull.Value;
            // SQLite has no NaN.
            value.Value = double.IsNaN(point.Value) ? DBNull.Value : point.Value;
            insert.ExecuteNonQuery();
        }

        Waiting.Clear();
    }

    public override void Dispose()
    {
        _insert?.Dispose();
        base.Dispose();
    }

    private SqliteCommand Prepared(SqliteConnection connection)
    {
        if (_insert is not null && _insert.Connection == connection) return _insert;
        _insert?.Dispose();
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO points (series_id, step, seq, source, time, value) VALUES (@series, @step, @seq, @source, @time, @value)";
        foreach (var (name, type) in (ReadOnlySpan<(string, SqliteType)>)[("@series", SqliteType.Integer), ("@step", SqliteType.Integer), ("@seq", SqliteType.Integer), ("@source", SqliteType.Integer), ("@time", SqliteType.Integer), ("@value", SqliteType.Real)])
            _insert.Parameters.Add(name, type);
        _insert.Prepare();
        return _insert;
    }
}
