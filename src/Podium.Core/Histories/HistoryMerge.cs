using System.Runtime.InteropServices;

namespace Podium.Histories;

/// <summary>Brings together what several sources say of one run.</summary>
/// <remarks>Where two have a value for a metric at a step, that of the first stands; the second fills gaps only.</remarks>
public static class HistoryMerge
{
    // Event files keep floats, and logs for people a few digits.
    private const double RelativeRounding = 1e-6;
    private const double AbsoluteRounding = 1e-4;

    /// <summary>Whether two histories are of one run: they share losses, and all that they share are equal but for rounding.</summary>
    /// <param name="first">A history.</param>
    /// <param name="second">Another one.</param>
    public static bool Agree(TrainingHistory first, TrainingHistory second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var shared = 0;
        foreach (var column in first.Columns)
        {
            if (column.Name is not MetricKeys.Loss && !MetricKeys.IsEvaluationLoss(column.Name)) continue;
            if (second.Find(column.Name) is not { } other) continue;

            var byStep = LastByStep(first, column);
            foreach (var (step, value) in LastByStep(second, other))
            {
                if (!byStep.TryGetValue(step, out var expected)) continue;
                if (!Same(expected, value)) return false;
                shared++;
            }
        }

        return shared > 0;
    }

    /// <summary>Where the losses that two histories share begin to differ by more than rounding.</summary>
    /// <param name="first">A history.</param>
    /// <param name="second">Another one.</param>
    /// <returns>The lowest step at which a loss differs, null where none does; and how many below it, or in all, are the same.</returns>
    public static (long? Step, int Same) FirstDifference(TrainingHistory first, TrainingHistory second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        long? lowest = null;
        List<long> same = [];
        foreach (var column in first.Columns)
        {
            if (column.Name is not MetricKeys.Loss && !MetricKeys.IsEvaluationLoss(column.Name)) continue;
            if (second.Find(column.Name) is not { } other) continue;
            var byStep = LastByStep(first, column);
            foreach (var (step, value) in LastByStep(second, other))
            {
                if (!byStep.TryGetValue(step, out var expected)) continue;
                if (Same(expected, value)) same.Add(step);
                else lowest = Math.Min(lowest ?? step, step);
            }
        }

        return (lowest, lowest is { } end ? same.Count(step => step < end) : same.Count);
    }

    /// <summary>The first history with what only the second has, each new entry behind the last one of its step or a lower one.</summary>
    /// <param name="first">The history whose values stand.</param>
    /// <param name="second">The history that fills its gaps.</param>
    public static TrainingHistory FillGaps(TrainingHistory first, TrainingHistory second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var known = new HashSet<(string, long)>();
        foreach (var column in first.Columns)
            foreach (var entry in column.Entries)
                known.Add((column.Name, first.Steps[entry]));

        var mine = Rows(first, static (_, _) => true);
        var theirs = Rows(second, (name, step) => step != TrainingHistory.NoStep && !known.Contains((name, step)));
        var builder = new TrainingHistoryBuilder();
        var next = 0;
        for (var i = 0; i <= mine.Count; i++)
        {
            // Before an entry of a higher step comes what the second has up to there.
            while (next < theirs.Count && (i == mine.Count || (mine[i].Step != TrainingHistory.NoStep && mine[i].Step > theirs[next].Step)))
                Add(builder, theirs[next++]);

            if (i < mine.Count) Add(builder, mine[i]);
        }

        return builder.Build();
    }

    private static bool Same(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= AbsoluteRounding + RelativeRounding * Math.Abs(a);

    private static Dictionary<long, double> LastByStep(TrainingHistory history, MetricColumn column)
    {
        var values = new Dictionary<long, double>();
        for (var i = 0; i < column.Count; i++)
            if (history.Steps[column.Entries[i]] is not TrainingHistory.NoStep and var step)
                values[step] = column.Values[i];

        return values;
    }

    private static void Add(TrainingHistoryBuilder builder, Row row)
    {
        if (row.Cells.Count == 0) return;
        builder.BeginEntry();
        if (row.Step != TrainingHistory.NoStep) builder.SetStep(row.Step);
        foreach (var (metric, value) in CollectionsMarshal.AsSpan(row.Cells)) builder.Set(metric, value);
    }

    private static List<Row> Rows(TrainingHistory history, Func<string, long, bool> wanted)
    {
        var rows = new List<Row>(history.Count);
        foreach (var step in history.Steps) rows.Add(new Row(step, []));
        foreach (var column in history.Columns)
            for (var i = 0; i < column.Count; i++)
                if (rows[column.Entries[i]] is var row && wanted(column.Name, row.Step))
                    row.Cells.Add((column.Name, column.Values[i]));

        return rows;
    }

    private readonly record struct Row(long Step, List<(string Metric, double Value)> Cells);
}
