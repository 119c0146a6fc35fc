using Dapper;
using Podium.Storage.Checkpoints;
using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Migrations;
using Podium.Storage.Points;
using Podium.Storage.Tracking;
using Podium.Storage.Tokens;
using Podium.Storage.Writing;
using Podium.Strategies;

namespace Podium.Storage;

/// <summary>Everything that Podium keeps, in one database.</summary>
public sealed class PodiumStorage : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Writer _writer;
    private readonly ChangeListener? _listener;

    private PodiumStorage(Database database, Strategy strategy, TimeProvider time)
    {
        _database = database;
        _writer = new Writer(database, strategy, Changes, time);
        // One server alone hears all from its own writer.
        if (database.Engine == Engine.Postgres) _listener = new ChangeListener(database, Changes, time);
        Jobs = new JobStore(database, _writer, time);
        Series = new SeriesStore(database, _writer.Packer);
        Events = new EventStore(database);
        Folders = new FolderJobStore(database);
        Tracking = new TrackingStore(database, _writer, Series, time);
        Tokens = new TokenStore(database, _writer, time);
        ProtectionKeys = new ProtectionKeyStore(database, _writer);
    }

    /// <summary>The jobs.</summary>
    public JobStore Jobs { get; }

    /// <summary>Their points.</summary>
    public SeriesStore Series { get; }

    /// <summary>What the MLflow protocol knows besides.</summary>
    public TrackingStore Tracking { get; }

    /// <summary>The tokens by which callers are known.</summary>
    public TokenStore Tokens { get; }

    /// <summary>The keys with which browsers' cookies are protected.</summary>
    public ProtectionKeyStore ProtectionKeys { get; }

    /// <summary>Which of them is of which run folder.</summary>
    public FolderJobStore Folders { get; }

    /// <summary>What happened to them.</summary>
    public EventStore Events { get; }

    /// <summary>Tells when any of them changes, here or at another server.</summary>
    public ChangeFeed Changes { get; } = new();

    /// <summary>Is told of each ranking that was made here, once it is on disk. The writer waits for it: it must be quick and must not throw.</summary>
    public Action<JobRanked>? WhenRanked
    {
        get => _writer.WhenRanked;
        set => _writer.WhenRanked = value;
    }

    /// <summary>Says what an exception of the database, thrown wherever it is read, means for the caller.</summary>
    /// <param name="failure">The exception.</param>
    /// <returns>Null where it is not the database that is at fault.</returns>
    public StorageException? Explain(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure as StorageException ?? _database.Explain(failure);
    }

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
        Migrator.Migrate(database, time.GetUtcNow(), serverStrategy: strategy);
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
        catch (Exception failure) when (Explain(failure) is { } explained)
        {
            return explained.Message;
        }
    }

    /// <summary>Writes what still waits, and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }
}
