namespace Podium.Checkpoints.Runs;

/// <summary>Orders the runs of a folder, the one that was saved last first.</summary>
/// <remarks>
/// Saved last is the run whose own newest state file (one that it does not share with another run) is youngest. Times within
/// two seconds of each other tell nothing (a copy, a checkout): then the run with more checkpoints of its own, for a resumed
/// run has overwritten the other's; then the higher last step.
/// </remarks>
internal static class SavedLast
{
    private static readonly TimeSpan Simultaneous = TimeSpan.FromSeconds(2);

    /// <summary>Orders runs.</summary>
    /// <param name="runs">The runs; sorted in place.</param>
    /// <returns>Which rule put the first before the others, in words; null where there is only one run.</returns>
    public static string? Order(List<SavedRun> runs)
    {
        if (runs.Count < 2) return null;
        var shared = runs.SelectMany(run => run.Checkpoints).GroupBy(checkpoint => checkpoint).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        List<Age> left = [.. runs.Select(run => Age.Of(run, shared))];
        left.Sort((a, b) => b.Newest.CompareTo(a.Newest));
        var rule = RuleBetween(left);

        runs.Clear();
        while (left.Count > 0)
        {
            var next = 0;
            for (var i = 1; i < left.Count && left[0].Newest - left[i].Newest <= Simultaneous; i++)
                if (left[i].CompareTo(left[next]) > 0)
                    next = i;

            runs.Add(left[next].Run);
            left.RemoveAt(next);
        }

        return rule;
    }

    private static string RuleBetween(List<Age> byTime)
    {
        List<Age> near = byTime.FindAll(age => byTime[0].Newest - age.Newest <= Simultaneous);
        if (near.Count == 1) return "its newest own trainer_state.json is the youngest";
        var most = near.Max(age => age.OwnCheckpoints);
        return near.Count(age => age.OwnCheckpoints == most) == 1
            ? "written within 2 s of another, it has more checkpoints of its own"
            : "written within 2 s of another and with as many checkpoints of its own, it goes to the higher step";
    }

    private readonly record struct Age(SavedRun Run, DateTimeOffset Newest, int OwnCheckpoints, long LastStep, int Entries) : IComparable<Age>
    {
        public static Age Of(SavedRun run, HashSet<SavedCheckpoint> shared)
        {
            var newest = DateTimeOffset.MinValue;
            var own = 0;
            foreach (var checkpoint in run.Checkpoints)
            {
                if (shared.Contains(checkpoint)) continue;
                own++;
                if (checkpoint.State is { } state && state.ModifiedAt > newest) newest = state.ModifiedAt;
            }

            return new Age(run, newest, own, run.History.LastStep ?? 0, run.History.Count);
        }

        public int CompareTo(Age other)
        {
            var order = OwnCheckpoints.CompareTo(other.OwnCheckpoints);
            if (order == 0) order = LastStep.CompareTo(other.LastStep);
            return order != 0 ? order : Entries.CompareTo(other.Entries);
        }
    }
}
