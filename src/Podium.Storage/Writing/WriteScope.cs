using System.Data.Common;
using Podium.Storage.Databases;
using Podium.Storage.Points;

namespace Podium.Storage.Writing;

/// <summary>What a piece of work is given: a transaction, the jobs as they stand in it, and where points go.</summary>
internal sealed class WriteScope(Database database, DbConnection connection, DbTransaction transaction, LiveJobs jobs, PointWriter points, BlockPacker packer) : IDisposable
{
    private readonly Dictionary<string, LiveJob> _touched = new(StringComparer.Ordinal);

    public Database Database { get; } = database;

    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    public PointWriter Points { get; } = points;

    /// <summary>Is told of series that have grown long.</summary>
    public BlockPacker Packer { get; } = packer;

    /// <summary>The jobs that work of this transaction was about.</summary>
    public IReadOnlyCollection<LiveJob> Touched => _touched.Values;

    /// <summary>A job, locked for this transaction and as it stands in it; null where there is none of this name.</summary>
    public LiveJob? Job(string id)
    {
        if (_touched.TryGetValue(id, out var touched)) return touched;
        if (jobs.Lock(id, this) is not { } job) return null;
        _touched.Add(id, job);
        return job;
    }

    /// <summary>Takes in a job that this transaction makes.</summary>
    public void Made(LiveJob job)
    {
        _touched.Add(job.Row.JobId, job);
        jobs.Add(job);
    }

    /// <summary>Writes what was only noted so far.</summary>
    public void Finish()
    {
        Points.Flush(Connection, Transaction);
        foreach (var job in _touched.Values) job.Save(this);
    }

    public void Dispose() => Points.Clear();
}
