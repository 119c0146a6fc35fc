using Npgsql;

namespace Podium.Server.Tests.Live;

/// <summary>An empty PostgreSQL database of the server that test.sh starts, deleted at the end.</summary>
internal sealed class TestPostgres : IDisposable
{
    private const string Variable = "PODIUM_TEST_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"podium_{Guid.NewGuid():n}";

    private TestPostgres(string server)
    {
        _server = server;
        Execute($"CREATE DATABASE {_name}");
        Connection = new NpgsqlConnectionStringBuilder(server) { Database = _name, MaxPoolSize = 20 }.ToString();
    }

    public string Connection { get; }

    public static TestPostgres Make()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(server)) Assert.Skip($"needs a PostgreSQL: ./test.sh starts one and says where in {Variable}");
        return new TestPostgres(server);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Execute($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
    }

    private void Execute(string statement)
    {
        using var connection = new NpgsqlConnection(_server);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
