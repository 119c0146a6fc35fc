using Podium.Strategies;

namespace Podium.Storage.Writing;

/// <summary>The jobs that were written to lately, so that a report reads nothing back. Only the writer's thread uses it.</summary>
internal sealed class LiveJobs(Strategy serverStrategy, int mostPoints = 8_000_000)
{
    private readonly Dictionary<string, LinkedListNode<LiveJob>> _byId = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveJob> _byUse = new();
    private long _grown;

    /// <summary>Locks a job's row for a transaction and says how it stands; null where there is none.</summary>
    public LiveJob? Lock(string id, WriteScope scope)
    {
        var seq = scope.Jobs.Lock(id, scope.Connection, scope.Transaction);
        if (seq is null)
        {
            Forget(id);
            return null;
        }

        if (_byId.TryGetValue(id, out var known))
        {
            _byUse.Remove(known);
            _byUse.AddFirst(known);
            if (known.Value.Row.Seq != seq) known.Value.Refresh(scope);
            return known.Value;
        }

        var job = LiveJob.Load(id, scope, serverStrategy);
        if (job is not null) Add(job);
        return job;
    }

    public void Add(LiveJob job)
    {
        _byId.Add(job.Row.JobId, _byUse.AddFirst(job));
        _grown += job.Weight;
    }

    /// <summary>Lets go of those that were used least lately, so that memory has a bound. Between transactions only.</summary>
    /// <param name="newPoints">How many points came since it was last called.</param>
    public void Trim(int newPoints)
    {
        // To weigh them all takes long where there are many: a little more than the bound does no harm.
        _grown += newPoints;
        if (_grown < mostPoints / 32) return;
        _grown = 0;
        var points = 0L;
        for (var node = _byUse.First; node is not null;)
        {
            var next = node.Next;
            points += node.Value.Weight;
            if (points > mostPoints && node != _byUse.First) Forget(node.Value.Row.JobId);
            node = next;
        }
    }

    /// <summary>Forgets all: a transaction was given up, and what was changed for it is wrong.</summary>
    public void Clear()
    {
        _byId.Clear();
        _byUse.Clear();
    }

    private void Forget(string id)
    {
        if (_byId.Remove(id, out var node)) _byUse.Remove(node);
    }
}
