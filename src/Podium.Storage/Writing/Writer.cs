using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Points;
using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>All that writes: the queue, the jobs that it knows, and where points go.</summary>
internal sealed class Writer : IAsyncDisposable
{
    private readonly WriteQueue _queue;
    private readonly JobWriter _jobs;
    private readonly PointWriter _points;

    public Writer(Database database, Strategy serverStrategy, ChangeFeed changes, TimeProvider time)
    {
        ServerStrategy = serverStrategy;
        var jobs = new LiveJobs(serverStrategy);
        _jobs = database.Engine == Engine.Sqlite ? new SqliteJobWriter() : new PostgresJobWriter();
        _points = database.Engine == Engine.Sqlite ? new SqlitePointWriter() : new PostgresPointWriter();
        _queue = new WriteQueue(
            database,
            (connection, transaction) => new WriteScope(database, connection, transaction, jobs, _jobs, _points, Packer!),
            scope =>
            {
                jobs.Trim(_points.TakeCount());
                foreach (var change in scope.Changes) changes.Publish(change.JobId, change.Seq);
                if (WhenRanked is { } tell)
                    foreach (var ranked in scope.Rankings) tell(ranked);
            },
            jobs.Clear);
        Packer = new BlockPacker((job, work) => _queue.WriteAsync(job, 0, work), time);
    }

    /// <summary>How jobs without a strategy of their own are ranked.</summary>
    public Strategy ServerStrategy { get; }

    /// <summary>Is told of each ranking behind its commit, by the thread that writes.</summary>
    public Action<JobRanked>? WhenRanked { get; set; }

    /// <summary>Packs long series behind the writing.</summary>
    public BlockPacker Packer { get; }

    public Task<T> WriteAsync<T>(string? job, int points, Func<WriteScope, T> work)
    {
        Packer.Yield();
        return _queue.WriteAsync(job, points, work);
    }

    public async ValueTask DisposeAsync()
    {
        await Packer.DisposeAsync();
        await _queue.DisposeAsync();
        _jobs.Dispose();
        _points.Dispose();
    }
}
