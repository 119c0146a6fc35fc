using Npgsql;

namespace Podium.Load.Server;

/// <summary>A PostgreSQL database made for one measurement.</summary>
internal sealed class PostgresForIt : IDisposable
{
    private readonly string _admin;
    private readonly string _name = $"podium_load_{Environment.ProcessId}";

    /// <param name="connection">A database of somebody who may make databases.</param>
    public PostgresForIt(string connection)
    {
        _admin = connection;
        Execute($"CREATE DATABASE {_name}");
        Connection = new NpgsqlConnectionStringBuilder(connection) { Database = _name }.ToString();
    }

    /// <summary>How to connect to it.</summary>
    public string Connection { get; }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Execute($"DROP DATABASE {_name} WITH (FORCE)");
    }

    private void Execute(string statement)
    {
        using var connection = new NpgsqlConnection(_admin);
        connection.Open();
#pragma warning disable CA2100 // A name of our own.
        using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
