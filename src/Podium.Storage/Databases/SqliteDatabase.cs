using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Podium.Storage.Databases;

/// <summary>An SQLite file: write-ahead log, every commit flushed to disk, one writer beside any number of readers.</summary>
public sealed class SqliteDatabase : Database
{
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Busy = 5;
    private const int IoError = 10;
    private const int ReadOnly = 8;

    private readonly string _connection;

    /// <summary>Makes it, or uses it if it is there.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    public SqliteDatabase(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _connection = new SqliteConnectionStringBuilder { DataSource = Path, DefaultTimeout = 30 }.ToString();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override Engine Engine => Engine.Sqlite;

    /// <inheritdoc/>
    public override string Where => Path;

    /// <inheritdoc/>
    public override Task<DbConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<DbConnection>(Open("PRAGMA query_only = 1; PRAGMA mmap_size = 67108864;"));
    }

    internal override DbConnection OpenWriter()
    {
        MakeForUsAlone();
        // The log is folded into the file when it has grown to some 16 MB: a commit then writes only to the log's end.
        return Open("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA query_only = 0; PRAGMA foreign_keys = 1; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -32768;");
    }

    internal override DbTransaction BeginWrite(DbConnection writer) => ((SqliteConnection)writer).BeginTransaction(deferred: false);

    internal override DbTransaction BeginRead(DbConnection reader) => ((SqliteConnection)reader).BeginTransaction(deferred: true);

    // Its transaction is immediate: that is the lock.
    internal override void LockForMigration(DbConnection writer, DbTransaction transaction)
    {
    }

    internal override IReadOnlySet<string> Tables(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read()) tables.Add(reader.GetString(0));
        return tables;
    }

    internal override string Lowered(DbConnection reader, string text)
    {
        // Its own function knows the letters of ASCII alone.
        ((SqliteConnection)reader).CreateFunction("podium_lower", (string? letters) => letters?.ToLowerInvariant(), isDeterministic: true);
        return $"podium_lower({text})";
    }

    internal override StorageException? Explain(Exception exception) => exception is not SqliteException { SqliteErrorCode: var code } failure ? null : code switch
    {
        Full => new DatabaseFullException($"There is no room left for {Path}. Nothing of this was stored.", failure),
        CannotOpen or Busy or IoError or ReadOnly => new DatabaseUnavailableException($"The database {Path} cannot be used now: {failure.Message}", failure),
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool(new SqliteConnection(_connection));
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes the file where there is none, so that others on this machine cannot read it; its log is made as it is.</summary>
    private void MakeForUsAlone()
    {
        if (OperatingSystem.IsWindows() || File.Exists(Path)) return;
        try
        {
            using var made = new FileStream(Path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another was quicker; or it cannot be made, and that is told when it is opened.
        }
    }

    private SqliteConnection Open(string settings)
    {
        var connection = new SqliteConnection(_connection);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = settings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw Explain(failure) ?? new DatabaseUnavailableException($"The database {Path} cannot be opened: {failure.Message}", failure);
        }
    }
}
