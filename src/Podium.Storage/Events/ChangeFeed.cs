using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Podium.Storage.Events;

/// <summary>Something of a job has changed, up to a number. What it is stands in the database.</summary>
/// <param name="JobId">The job; empty where it may be any, which only those hear who watch all.</param>
/// <param name="Seq">The job's number now; <see cref="long.MaxValue"/> where it is not known whether it has changed at all.</param>
public readonly record struct JobChange(string JobId, long Seq);

/// <summary>Tells whoever watches that a job has changed, here or at another server on the same database.</summary>
/// <remarks>
/// A hint and no record: who is slow gets the newest and not all, and then reads the database. So nobody can make the writer wait,
/// and nothing gathers. Watch first, then read, then wait: so nothing is missed. Safe for use by several threads at once.
/// </remarks>
public sealed class ChangeFeed
{
    private const int MostWaiting = 4096;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<ChangeWatch, bool>> _ofJob = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<ChangeWatch, bool> _ofAll = new();

    internal ChangeFeed()
    {
    }

    /// <summary>Watches one job, which need not exist yet. Of several changes that were not yet read the newest is kept.</summary>
    /// <param name="jobId">The job.</param>
    public ChangeWatch Watch(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        var watch = new ChangeWatch(1, Unwatch, jobId);
        lock (_ofJob) _ofJob.GetOrAdd(jobId, _ => new()).TryAdd(watch, true);
        return watch;
    }

    /// <summary>Watches all jobs, those that are yet to be made too. Of changes that were not yet read the newest few thousand are kept; see <see cref="ChangeWatch.TakeMissed"/>.</summary>
    public ChangeWatch WatchAll()
    {
        var watch = new ChangeWatch(MostWaiting, Unwatch, null);
        _ofAll.TryAdd(watch, true);
        return watch;
    }

    internal void Publish(string jobId, long seq)
    {
        var change = new JobChange(jobId, seq);
        if (_ofJob.TryGetValue(jobId, out var watches))
            foreach (var watch in watches)
                watch.Key.Tell(change);
        foreach (var watch in _ofAll) watch.Key.Tell(change);
    }

    /// <summary>Tells all who watch to look for themselves: some changes were not heard of.</summary>
    internal void WakeAll()
    {
        foreach (var (job, watches) in _ofJob)
            foreach (var watch in watches)
                watch.Key.Tell(new JobChange(job, long.MaxValue));
        foreach (var watch in _ofAll) watch.Key.Tell(new JobChange("", long.MaxValue));
    }

    private void Unwatch(ChangeWatch watch)
    {
        if (watch.JobId is not { } job)
        {
            _ofAll.TryRemove(watch, out _);
            return;
        }

        // Under the lock nobody adds to the set that is thrown away.
        lock (_ofJob)
        {
            if (!_ofJob.TryGetValue(job, out var watches)) return;
            watches.TryRemove(watch, out _);
            if (watches.IsEmpty) _ofJob.TryRemove(job, out _);
        }
    }
}

/// <summary>Watches until it is disposed of.</summary>
public sealed class ChangeWatch : IDisposable
{
    private readonly Channel<JobChange> _changes;
    private readonly Action<ChangeWatch> _end;
    private int _hasMissed;

    internal ChangeWatch(int most, Action<ChangeWatch> end, string? jobId)
    {
        _end = end;
        JobId = jobId;
        _changes = Channel.CreateBounded<JobChange>(new BoundedChannelOptions(most) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Volatile.Write(ref _hasMissed, 1));
    }

    /// <summary>What has changed, the oldest first; it ends when this is disposed of.</summary>
    public ChannelReader<JobChange> Changes => _changes.Reader;

    internal string? JobId { get; }

    /// <summary>Whether changes came faster than they were read, so that some are not told of, since this was last asked.</summary>
    public bool TakeMissed() => Interlocked.Exchange(ref _hasMissed, 0) == 1;

    internal void Tell(in JobChange change) => _changes.Writer.TryWrite(change);

    /// <inheritdoc/>
    public void Dispose()
    {
        _end(this);
        _changes.Writer.TryComplete();
    }
}
