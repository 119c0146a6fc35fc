using System.Data.Common;
using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Points;

namespace Podium.Storage.Writing;

/// <summary>What a piece of work is given: a transaction, the jobs as they stand in it, and where points go.</summary>
internal sealed class WriteScope(Database database, DbConnection connection, DbTransaction transaction, LiveJobs jobs, JobWriter writer, PointWriter points, BlockPacker packer) : IDisposable
{
    private readonly Dictionary<string, (LiveJob Job, long Seq)> _touched = new(StringComparer.Ordinal);

    public Database Database { get; } = database;

    public DbConnection Connection { get; } = connection;

    public DbTransaction Transaction { get; } = transaction;

    /// <summary>Writes what every report says of its job.</summary>
    public JobWriter Jobs { get; } = writer;

    public PointWriter Points { get; } = points;

    /// <summary>Is told of series that have grown long.</summary>
    public BlockPacker Packer { get; } = packer;

    /// <summary>The jobs that this transaction has changed, once it is finished.</summary>
    public IReadOnlyList<JobChange> Changes { get; private set; } = [];

    /// <summary>The rankings that it made; they count once it is on disk.</summary>
    public List<JobRanked> Rankings { get; } = [];

    /// <summary>A job, locked for this transaction and as it stands in it; null where there is none of this name.</summary>
    public LiveJob? Job(string id)
    {
        if (_touched.TryGetValue(id, out var touched)) return touched.Job;
        if (jobs.Lock(id, this) is not { } job) return null;
        job.Scope = this;
        _touched.Add(id, (job, job.Row.Seq));
        return job;
    }

    /// <summary>Takes in a job that this transaction makes.</summary>
    public void Made(LiveJob job, string? actor = null)
    {
        job.Scope = this;
        _touched.Add(job.Row.JobId, (job, 0));
        jobs.Add(job);
        job.Made(this, actor);
    }

    /// <summary>Writes what was only noted so far.</summary>
    public void Finish()
    {
        Points.Flush(Connection, Transaction);
        List<JobChange> changes = [];
        foreach (var (job, seq) in _touched.Values)
        {
            job.Save(this);
            if (job.Row.Seq != seq) changes.Add(new JobChange(job.Row.JobId, job.Row.Seq));
        }

        Changes = changes;
        if (changes.Count > 0 && Database.Engine == Engine.Postgres) ChangeListener.Notify(Connection, Transaction, changes);
    }

    public void Dispose() => Points.Clear();
}
