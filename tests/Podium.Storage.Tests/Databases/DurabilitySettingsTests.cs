using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Databases;

/// <summary>What makes a commit durable, read back from the connection that writes.</summary>
public sealed class DurabilitySettingsTests
{
    [Fact]
    public async Task OpenWriter_OnSqlite_WritesAheadAndFlushesEachCommit()
    {
        using var place = new TestDatabase(Engine.Sqlite);
        await using var database = place.Open();
        using var writer = database.OpenWriter();

        writer.ExecuteScalar<string>("PRAGMA journal_mode").ShouldBe("wal");
        writer.ExecuteScalar<long>("PRAGMA synchronous").ShouldBe(2, "FULL");
    }

    [Fact]
    public async Task OpenWriter_OnPostgres_WaitsForTheDiskWhateverTheServersDefault()
    {
        using var place = new TestDatabase(Engine.Postgres);
        await using var database = place.Open();
        using (var writer = database.OpenWriter())
            writer.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");

        await using var again = place.Open();
        using var other = again.OpenWriter();

        other.ExecuteScalar<string>("SHOW synchronous_commit").ShouldBe("on");
        other.ExecuteScalar<string>("SHOW fsync").ShouldBe("on");
    }
}
