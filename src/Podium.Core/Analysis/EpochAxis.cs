using Podium.Histories;

namespace Podium.Analysis;

/// <summary>Which epoch a step belongs to, as far as a run has logged it: enough to draw a chart over epochs.</summary>
public static class EpochAxis
{
    /// <summary>The known pairs of a run, by step; of two at one step the later one counts.</summary>
    /// <param name="history">The run's history.</param>
    /// <param name="most">How many at most, at least 2; of more, some evenly spread ones stay, the first and the last among them.</param>
    public static IReadOnlyList<(long Step, double Epoch)> Of(TrainingHistory history, int most)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        if (history.Find(MetricKeys.Epoch) is not { } column) return [];

        List<(long Step, double Epoch)> known = new(column.Count);
        var isAscending = true;
        for (var i = 0; i < column.Count; i++)
            if (history.Steps[column.Entries[i]] is not TrainingHistory.NoStep and var step && double.IsFinite(column.Values[i]))
            {
                isAscending &= known.Count == 0 || known[^1].Step < step;
                known.Add((step, column.Values[i]));
            }

        // Nearly all are in order: sorting hundreds of thousands is what a listing would spend most of its time on.
        if (!isAscending)
        {
            SortedDictionary<long, double> sorted = [];
            foreach (var (step, epoch) in known) sorted[step] = epoch;
            known = [.. sorted.Select(pair => (pair.Key, pair.Value))];
        }

        if (known.Count <= most) return known;
        var kept = new (long Step, double Epoch)[most];
        for (var i = 0; i < most; i++) kept[i] = known[(int)((long)i * (known.Count - 1) / (most - 1))];
        return kept;
    }
}
