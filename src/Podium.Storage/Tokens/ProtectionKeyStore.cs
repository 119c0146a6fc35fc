using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Writing;

namespace Podium.Storage.Tokens;

/// <summary>The keys with which browsers' cookies are protected, shared by all servers of a database.</summary>
/// <remarks>
/// They stand here as they are. That gives whoever reads the database no way in: a cookie holds a token's secret, of which the
/// database has but the hash, so a cookie cannot be made from what stands here.
/// </remarks>
public sealed class ProtectionKeyStore
{
    private readonly Database _database;
    private readonly Writer _writer;

    internal ProtectionKeyStore(Database database, Writer writer)
    {
        _database = database;
        _writer = writer;
    }

    /// <summary>Reads all of them, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation)
    {
        await using var connection = await _database.OpenReaderAsync(cancellation);
        return (await connection.QueryAsync<string>(new CommandDefinition("SELECT xml FROM protection_keys ORDER BY id", cancellationToken: cancellation))).AsList();
    }

    /// <summary>Keeps one. The name tells keys apart; one that is there already stays as it is.</summary>
    public Task AddAsync(string name, string xml) => _writer.WriteAsync($"key {name}", 0, scope => scope.Connection.Execute(
        "INSERT INTO protection_keys (name, xml) VALUES (@name, @xml) ON CONFLICT (name) DO NOTHING", new { name, xml }, scope.Transaction));
}
