using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Podium.Storage.Databases;

/// <summary>A statement that is prepared once for a connection, and used again and again without ADO.NET between.</summary>
/// <remarks>
/// To read a statement, and to find each of its parameters by name, takes SQLite longer than to do it. Statements belong to a
/// connection; another connection gets its own. Parameters are bound by their places, from 1. Not safe for use by several threads
/// at once.
/// </remarks>
internal sealed class SqliteStatement(string text) : IDisposable
{
    private sqlite3? _connection;
    private sqlite3_stmt? _prepared;

    /// <summary>The statement, to bind values to.</summary>
    public sqlite3_stmt On(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (_prepared is not null && _connection == handle) return _prepared;
        Dispose();
        _connection = handle;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(handle, text, out var prepared), handle);
        return _prepared = prepared;
    }

    /// <summary>Does it, with the values that were bound last.</summary>
    public void Execute()
    {
        var result = raw.sqlite3_step(_prepared);
        raw.sqlite3_reset(_prepared);
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _connection);
    }

    /// <summary>Reads the one number that it asks for.</summary>
    /// <returns>Null where there is no row.</returns>
    public long? ReadNumber()
    {
        var result = raw.sqlite3_step(_prepared);
        long? number = result == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_prepared, 0) : null;
        raw.sqlite3_reset(_prepared);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) SqliteException.ThrowExceptionForRC(result, _connection);
        return number;
    }

    public void Dispose()
    {
        _prepared?.Dispose();
        _prepared = null;
    }

    /// <summary>Binds a value of a row.</summary>
    public static void Bind(sqlite3_stmt statement, int place, object? value)
    {
        switch (value)
        {
            case null: raw.sqlite3_bind_null(statement, place); break;
            case string text: raw.sqlite3_bind_text(statement, place, text); break;
            case long number: raw.sqlite3_bind_int64(statement, place, number); break;
            case double number: raw.sqlite3_bind_double(statement, place, number); break;
            default: throw new ArgumentException($"A row has no values of the type {value.GetType()}.", nameof(value));
        }
    }
}
