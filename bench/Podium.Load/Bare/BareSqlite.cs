using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Podium.Load.Bare;

/// <summary>One prepared statement on an SQLite file of the server's own schema, with the settings that the server has.</summary>
internal sealed class BareSqlite : BareLoop
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;

    /// <param name="path">The file to make.</param>
    /// <param name="like">The server's file, whose schema it gets.</param>
    public BareSqlite(string path, string like)
    {
        _connection = Open(path);
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;");
        foreach (var statement in SchemaOf(like)) Execute(statement);
        // Its rows refer to jobs, which are not measured here; the check itself is.
        Execute("INSERT INTO local_training_jobs (job_id, status, created_at, updated_at) VALUES ('bare', 'running', 0, 0)");
        for (var series = 1; series <= 8; series++) Execute($"INSERT INTO series (id, job_id, run, key) VALUES ({series}, 'bare', 1, 'loss{series}')");
        Execute("PRAGMA foreign_keys = 1;");
        _insert = Prepare("INSERT INTO points (series_id, step, seq, source, time, value) VALUES (?, ?, ?, ?, ?, ?)");
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
    }

    public override void Dispose()
    {
        _insert.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    protected override void Write(long series, long firstStep)
    {
        Step(_begin);
        for (var i = 0; i < Batch; i++)
        {
            raw.sqlite3_bind_int64(_insert, 1, series);
            raw.sqlite3_bind_int64(_insert, 2, firstStep + i);
            raw.sqlite3_bind_int64(_insert, 3, firstStep + i);
            raw.sqlite3_bind_int(_insert, 4, 2);
            raw.sqlite3_bind_null(_insert, 5);
            raw.sqlite3_bind_double(_insert, 6, 1.0 / (firstStep + i));
            Step(_insert);
        }

        Step(_commit);
    }

    private static List<string> SchemaOf(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
        using var reader = command.ExecuteReader();
        List<string> statements = [];
        while (reader.Read()) statements.Add(reader.GetString(0));
        return statements;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (result != raw.SQLITE_DONE) throw new InvalidOperationException($"SQLite says {result}.");
    }

    private void Execute(string statement)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Statements of our own, or of the server's file.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private sqlite3_stmt Prepare(string statement) =>
        raw.sqlite3_prepare_v2(_connection.Handle, statement, out var prepared) == raw.SQLITE_OK ? prepared : throw new InvalidOperationException(statement);
}
