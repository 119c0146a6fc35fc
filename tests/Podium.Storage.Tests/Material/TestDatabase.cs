using Dapper;
using Npgsql;
using Podium.Storage.Databases;

namespace Podium.Storage.Tests.Material;

/// <summary>An empty database of either engine, deleted at the end. PostgreSQL is the real one that test.sh starts.</summary>
internal sealed class TestDatabase : IDisposable
{
    private const string Variable = "PODIUM_TEST_POSTGRES";

    private readonly TemporaryFolder? _folder;
    private readonly string? _server;
    private readonly string _where;

    public TestDatabase(Engine engine)
    {
        Engine = engine;
        if (engine == Engine.Sqlite)
        {
            _folder = new TemporaryFolder();
            _where = Path.Combine(_folder.Path, "podium.db");
            return;
        }

        _server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(_server)) Assert.Skip($"needs a PostgreSQL: ./test.sh starts one and says where in {Variable}");
        var name = $"podium_{Guid.NewGuid():n}";
        using (var connection = new NpgsqlConnection(_server))
            connection.Execute($"CREATE DATABASE {name}");
        _where = new NpgsqlConnectionStringBuilder(_server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    public Engine Engine { get; }

    /// <summary>Opens it; whoever does disposes of it before this is disposed of.</summary>
    public Database Open() => Engine == Engine.Sqlite ? new SqliteDatabase(_where) : new PostgresDatabase(_where);

    public void Dispose()
    {
        _folder?.Dispose();
        if (_server is null) return;
        NpgsqlConnection.ClearAllPools();
        using var connection = new NpgsqlConnection(_server);
        connection.Execute($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(_where).Database} WITH (FORCE)");
    }
}
