using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Podium.Storage.Points;

/// <summary>Reads the rows of a series in pages, and of several points at one step the one that stands.</summary>
internal sealed class RowReader(DbConnection connection, DbTransaction transaction, long series, long from, long to)
{
    private const int RowsAtATime = 8192;

    // The parameters in the order of their numbers.
    private static readonly string Page =
        $"""
        SELECT step, seq, source, value FROM points
        WHERE series_id = @series AND (step, seq) > (@step, @seq) AND step <= @to
        ORDER BY step, seq LIMIT {RowsAtATime}
        """;

    // A page can end between two rows of one step: who stands there is known when the next step is seen.
    private (long Step, double Value, byte Source)? _open;
    private (long Step, long Seq) _last = (from, long.MinValue);
    private bool _isAtEnd;

    /// <summary>Adds the points of the next page.</summary>
    /// <returns>False where there was none left.</returns>
    public async ValueTask<bool> ReadAsync(Winners into, CancellationToken cancellation)
    {
        if (_isAtEnd) return false;
        var count = connection is SqliteConnection { Handle: { } sqlite } ? ReadPage(sqlite, into) : await ReadPageAsync(into, cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (count == RowsAtATime) return true;
        _isAtEnd = true;
        if (_open is { } open) into.Add(open.Step, open.Value, open.Source);
        return _open is not null;
    }

    private async Task<int> ReadPageAsync(Winners into, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Page;
        command.Add("@series", series);
        command.Add("@step", _last.Step);
        command.Add("@seq", _last.Seq);
        command.Add("@to", to);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var count = 0;
        for (; await reader.ReadAsync(cancellation); count++)
        {
            _last = (reader.GetInt64(0), reader.GetInt64(1));
            Take(_last.Step, await reader.IsDBNullAsync(3, cancellation) ? double.NaN : reader.GetDouble(3), (byte)reader.GetInt16(2), into);
        }

        return count;
    }

    /// <summary>The same, without ADO.NET between, which takes longer than SQLite does.</summary>
    private int ReadPage(sqlite3 sqlite, Winners into)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(sqlite, Page, out var page), sqlite);
        using (page)
        {
            raw.sqlite3_bind_int64(page, 1, series);
            raw.sqlite3_bind_int64(page, 2, _last.Step);
            raw.sqlite3_bind_int64(page, 3, _last.Seq);
            raw.sqlite3_bind_int64(page, 4, to);
            int count = 0, result;
            for (; (result = raw.sqlite3_step(page)) == raw.SQLITE_ROW; count++)
            {
                _last = (raw.sqlite3_column_int64(page, 0), raw.sqlite3_column_int64(page, 1));
                var value = raw.sqlite3_column_type(page, 3) == raw.SQLITE_NULL ? double.NaN : raw.sqlite3_column_double(page, 3);
                Take(_last.Step, value, (byte)raw.sqlite3_column_int(page, 2), into);
            }

            if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, sqlite);
            return count;
        }
    }

    /// <summary>Rows of a step come in the order of their arrival: one that is as trusted as the one before replaces it.</summary>
    private void Take(long step, double value, byte source, Winners into)
    {
        if (_open is { } open)
        {
            if (open.Step == step && open.Source < source) return;
            if (open.Step != step) into.Add(open.Step, open.Value, open.Source);
        }

        _open = (step, value, source);
    }
}
