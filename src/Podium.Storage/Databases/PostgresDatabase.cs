using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Podium.Storage.Databases;

/// <summary>A PostgreSQL database that several servers may share; a commit returns when it is on disk.</summary>
public sealed class PostgresDatabase : Database
{
    /// <summary>The key of the advisory lock for migrations: "podium" in bytes.</summary>
    private const long MigrationLock = 0x706f6469756d;

    private readonly NpgsqlDataSource _source;

    /// <summary>Uses a database.</summary>
    /// <param name="connection">A connection string such as <c>Host=db;Database=podium;Username=podium;Password=…</c>.</param>
    /// <exception cref="ArgumentException">The connection string is malformed.</exception>
    public PostgresDatabase(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection) { ApplicationName = "podium-server", IncludeErrorDetail = false };
        // Whatever the server's default: what was acknowledged is on disk.
        settings.Options = $"{settings.Options} -c synchronous_commit=on".Trim();
        Where = $"{settings.Host}:{settings.Port}/{settings.Database}";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public override Engine Engine => Engine.Postgres;

    /// <inheritdoc/>
    public override string Where { get; }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenReaderAsync(CancellationToken cancellation)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellation);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw new DatabaseUnavailableException($"The database {Where} cannot be reached: {failure.Message}", failure);
        }
    }

    internal override DbConnection OpenWriter()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw new DatabaseUnavailableException($"The database {Where} cannot be reached: {failure.Message}", failure);
        }
    }

    internal override DbTransaction BeginWrite(DbConnection writer) => writer.BeginTransaction();

    internal override DbTransaction BeginRead(DbConnection reader) => reader.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override void LockForMigration(DbConnection writer, DbTransaction transaction)
    {
        using var command = writer.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT pg_advisory_xact_lock({MigrationLock})";
        command.ExecuteNonQuery();
    }

    internal override IReadOnlySet<string> Tables(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'";
        using var reader = command.ExecuteReader();
        HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);
        while (reader.Read()) tables.Add(reader.GetString(0));
        return tables;
    }

    internal override string Lowered(DbConnection reader, string text) => $"LOWER({text}) COLLATE \"C\"";

    internal override StorageException? Explain(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } failure => new DatabaseFullException($"There is no room left at {Where}. Nothing of this was stored.", failure),
        PostgresException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } =>
            new DatabaseUnavailableException($"The database {Where} cannot be used now: {exception.Message}", exception),
        NpgsqlException and not PostgresException => new DatabaseUnavailableException($"The database {Where} cannot be reached: {exception.Message}", exception),
        SocketException or TimeoutException => new DatabaseUnavailableException($"The database {Where} cannot be reached: {exception.Message}", exception),
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
