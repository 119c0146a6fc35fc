using Podium.Histories;
using Podium.Reports;

namespace Podium.Storage.Writing;

/// <summary>Finds which run of a job a history is of, or from which it forked.</summary>
internal static class RunMatch
{
    /// <summary>Finds the run that a history is of: one that agrees with it, and that no other history of the same folder is of.</summary>
    /// <param name="runs">The job's runs.</param>
    /// <param name="history">The history.</param>
    /// <param name="taken">Histories of the same folder whose runs are known, by the run's number.</param>
    /// <returns>Null where it is a run of its own.</returns>
    public static JobRun? Find(JobRuns runs, TrainingHistory history, IReadOnlyDictionary<int, TrainingHistory> taken)
    {
        // A folder has one run at most that says nothing of itself: that of the checkpoints without a history.
        if (history.Count == 0) return runs.Newest;
        (JobRun Run, Fit Fit)? best = null;
        foreach (var run in runs.Runs)
        {
            if (taken.TryGetValue(run.Number, out var other))
            {
                // Two histories of one run, of which one goes on where the other ends, are no two runs.
                if (other.Count > 0 && history.CommonPrefix(other) == Math.Min(history.Count, other.Count)) return run;
                continue;
            }

            if (run.LastStep is null && run.Parent is null && run == runs.Newest) return run;
            var fit = Fit.Of(history, run.History);
            // At equal fit the newer one: what they share is both's, and the newer one goes on.
            if (fit.Agrees && (best is null || fit.CompareTo(best.Value.Fit) >= 0)) best = (run, fit);
        }

        return best?.Run;
    }

    /// <summary>Finds the run from which a history forked, and the step from which on it is its own.</summary>
    public static (JobRun? Parent, long FromStep) ParentOf(JobRuns runs, TrainingHistory history, IReadOnlyDictionary<int, TrainingHistory> taken)
    {
        (JobRun? Parent, long FromStep) best = (null, long.MinValue);
        foreach (var run in runs.Runs)
        {
            var from = taken.TryGetValue(run.Number, out var other) ? PartingStep(history, other) : Disagreement(history, run.History);
            if (from is { } step && step > best.FromStep) best = (run, step);
        }

        return best;
    }

    /// <summary>Where two histories of one folder part, value for value; null where they share nothing.</summary>
    private static long? PartingStep(TrainingHistory first, TrainingHistory second)
    {
        var shared = first.CommonPrefix(second);
        if (shared == 0) return null;
        long? step = null;
        foreach (var history in (ReadOnlySpan<TrainingHistory>)[first, second])
        {
            var place = shared;
            while (place < history.Count && history.Steps[place] == TrainingHistory.NoStep) place++;
            if (place < history.Count) step = Math.Min(step ?? long.MaxValue, history.Steps[place]);
        }

        return step;
    }

    private static long? Disagreement(TrainingHistory first, TrainingHistory second) =>
        HistoryMerge.FirstDifference(first, second) is { Step: { } step, Same: > 0 } ? step : null;

    /// <summary>How well a history fits a run: fewer values that differ are better, then more that are the same.</summary>
    private readonly record struct Fit(bool Agrees, int Different, int Same) : IComparable<Fit>
    {
        public static Fit Of(TrainingHistory history, TrainingHistory run)
        {
            if (!HistoryMerge.Agree(history, run)) return default;
            var (different, same) = (0, 0);
            foreach (var column in history.Columns)
            {
                if (run.Find(column.Name) is not { } other) continue;
                var known = new HashSet<(long, double)>();
                var steps = new HashSet<long>();
                for (var i = 0; i < other.Count; i++)
                {
                    known.Add((run.Steps[other.Entries[i]], other.Values[i]));
                    steps.Add(run.Steps[other.Entries[i]]);
                }

                for (var i = 0; i < column.Count; i++)
                {
                    var step = history.Steps[column.Entries[i]];
                    if (!steps.Contains(step)) continue;
                    if (known.Contains((step, column.Values[i]))) same++;
                    else different++;
                }
            }

            return new Fit(true, different, same);
        }

        public int CompareTo(Fit other) => Different != other.Different ? other.Different.CompareTo(Different) : Same.CompareTo(other.Same);
    }
}
