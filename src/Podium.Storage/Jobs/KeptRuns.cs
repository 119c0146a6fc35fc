using System.Data.Common;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Writing;
using Podium.Strategies;

namespace Podium.Storage.Jobs;

/// <summary>Keeps the runs of jobs that are ranked again and again, so that only what came since is read.</summary>
/// <remarks>Without it, whoever looks on at a training of a million points would have them all read at each report. Safe for use by several threads at once.</remarks>
/// <param name="mostPoints">How many points are kept of all jobs; beyond, those that were asked for least lately are forgotten.</param>
internal sealed class KeptRuns(long mostPoints = 4_000_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Kept>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> _byUse = new();
    private long _points;

    /// <summary>The runs of a job as a transaction sees them.</summary>
    /// <param name="job">The job.</param>
    /// <param name="strategy">How they are to be ranked.</param>
    /// <param name="connection">The database.</param>
    /// <param name="transaction">Within it, all is of one moment; nothing was asked in it yet.</param>
    /// <returns>Each run with its history and what the trainer kept as its best, and how runs share what they have. It stays as it is.</returns>
    public RunsAtOnce Read(string job, Strategy strategy, DbConnection connection, DbTransaction transaction)
    {
        // It reads every metric there is.
        if (strategy is TrainerStrategy) return RunsAtOnce.Of(StoredRuns.Read(job, strategy, connection, transaction));
        var kept = Use(strategy is MetricStrategy named ? $"{job}\n{named.Metric}" : job);
        // The transaction sees what is there at its first question, which is asked within: so nobody comes with an older state than was read.
        lock (kept)
        {
            var runs = kept.Runs;
            // Whatever fails half way leaves nothing behind.
            kept.Runs = null;
            if (runs is null || !runs.TryReadOn(strategy, connection, transaction)) runs = StoredRuns.Read(job, strategy, connection, transaction);
            kept.Runs = runs;
            Weigh(kept, runs.Weight);
            return RunsAtOnce.Of(runs);
        }
    }

    private Kept Use(string key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var node)) _byUse.Remove(node);
            else _byKey.Add(key, node = new LinkedListNode<Kept>(new Kept(key)));
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    private void Weigh(Kept kept, int weight)
    {
        lock (_lock)
        {
            // Forgotten meanwhile, it is what nobody finds any more.
            if (!_byKey.TryGetValue(kept.Key, out var node) || node.Value != kept) return;
            _points += weight - kept.Weight;
            kept.Weight = weight;
            while (_points > mostPoints && _byUse.Last is { } last && last.Value != kept)
            {
                _points -= last.Value.Weight;
                _byKey.Remove(last.Value.Key);
                _byUse.RemoveLast();
            }
        }
    }

    private sealed class Kept(string key)
    {
        public string Key { get; } = key;

        public StoredRuns? Runs { get; set; }

        public int Weight { get; set; }
    }
}

/// <summary>The runs of a job at one moment.</summary>
/// <param name="Count">How many are stored; none are where nothing is known of the job.</param>
/// <param name="Runs">The runs by their numbers.</param>
/// <param name="Newest">The number of the newest.</param>
internal sealed record RunsAtOnce(int Count, IReadOnlyList<RunAtOnce> Runs, int Newest)
{
    public static RunsAtOnce Of(StoredRuns stored) => new(
        stored.Count,
        [.. stored.Runs.Runs.Select(run => new RunAtOnce(run.Number, run.Parent, run.FromStep, run.History, stored.Choices.GetValueOrDefault(run.Number)))],
        stored.Runs.Newest.Number);

    /// <summary>Whether what a run has at a step is of another: see <see cref="JobRuns.Shares"/>.</summary>
    public bool Shares(RunAtOnce run, int other, long step)
    {
        while (run.Number != other)
        {
            if (run.Parent is not { } parent || step >= run.FromStep) return false;
            run = Runs[parent - 1];
        }

        return true;
    }
}

/// <summary>A run of a job at one moment.</summary>
internal sealed record RunAtOnce(int Number, int? Parent, long FromStep, Histories.TrainingHistory History, TrainerChoice Choice);
