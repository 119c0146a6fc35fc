using Podium.Histories;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Joins what two launches of one training logged.</summary>
internal static class LaunchMerge
{
    /// <summary>The earlier launch's entries before the first step of the later one, then all of the later one's.</summary>
    public static EventReading Continue(EventReading earlier, EventReading later)
    {
        var files = (IReadOnlyList<string>)[.. earlier.Files, .. later.Files];
        var faults = (IReadOnlyList<ReadFault>)[.. earlier.Faults, .. later.Faults];
        if (later.History.Count == 0) return earlier with { Files = files, EndsHalfWritten = later.EndsHalfWritten, Faults = faults };
        if (earlier.History.Count == 0) return later with { Files = files, Faults = faults };

        var firstStep = long.MaxValue;
        foreach (var step in later.History.Steps)
            if (step != TrainingHistory.NoStep)
                firstStep = Math.Min(firstStep, step);

        var builder = new TrainingHistoryBuilder();
        var wallTimes = new List<double>(earlier.WallTimes.Count + later.WallTimes.Count);
        Copy(earlier, firstStep, builder, wallTimes);
        Copy(later, long.MaxValue, builder, wallTimes);
        return new EventReading(builder.Build(), wallTimes, files, later.EndsHalfWritten, faults);
    }

    private static void Copy(EventReading from, long beforeStep, TrainingHistoryBuilder to, List<double> wallTimes)
    {
        var columns = from.History.Columns;
        var ids = new int[columns.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = to.Metric(columns[i].Name);

        var next = new int[columns.Count];
        for (var entry = 0; entry < from.History.Count; entry++)
        {
            var step = from.History.Steps[entry];
            var isKept = step < beforeStep;
            if (isKept)
            {
                to.BeginEntry();
                to.SetStep(step == TrainingHistory.NoStep ? double.NaN : step);
                wallTimes.Add(from.WallTimes[entry]);
            }

            for (var i = 0; i < ids.Length; i++)
            {
                if (next[i] == columns[i].Count || columns[i].Entries[next[i]] != entry) continue;
                if (isKept) to.Set(ids[i], columns[i].Values[next[i]]);
                next[i]++;
            }
        }
    }
}
