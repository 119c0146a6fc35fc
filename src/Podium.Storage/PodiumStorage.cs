using Dapper;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Migrations;
using Podium.Storage.Points;
using Podium.Storage.Writing;
using Podium.Strategies;

namespace Podium.Storage;

/// <summary>Everything that Podium keeps, in one database.</summary>
public sealed class PodiumStorage : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Writer _writer;

    private PodiumStorage(Database database, Strategy strategy, TimeProvider time)
    {
        _database = database;
        _writer = new Writer(database, strategy, time);
        Jobs = new JobStore(database, _writer, time);
        Series = new SeriesStore(database, _writer.Packer);
    }

    /// <summary>The jobs.</summary>
    public JobStore Jobs { get; }

    /// <summary>Their points.</summary>
    public SeriesStore Series { get; }

    /// <summary>For tests, which do not wait until it is quiet.</summary>
    internal BlockPacker Packer => _writer.Packer;

    /// <summary>Opens a database, which is brought to the newest version first.</summary>
    /// <param name="database">The database; it is disposed of with this.</param>
    /// <param name="strategy">How jobs without a strategy of their own are ranked; null: the multi-metric score with the published weights.</param>
    /// <param name="time">The clock; null: the system's.</param>
    /// <exception cref="DatabaseUnavailableException">It cannot be reached.</exception>
    /// <exception cref="NewerDatabaseException">A newer Podium has used it.</exception>
    public static PodiumStorage Open(Database database, Strategy? strategy = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        time ??= TimeProvider.System;
        Migrator.Migrate(database, time.GetUtcNow());
        return new PodiumStorage(database, strategy ?? new MultiMetricStrategy(), time);
    }

    /// <summary>Asks the database whether it answers.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _database.OpenReaderAsync(cancellation);
            await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM local_training_jobs WHERE job_id = ''");
            return null;
        }
        catch (Exception failure) when ((failure as StorageException ?? _database.Explain(failure)) is { } explained)
        {
            return explained.Message;
        }
    }

    /// <summary>Writes what still waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }
}
