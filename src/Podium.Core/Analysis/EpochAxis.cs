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

        SortedDictionary<long, double> pairs = [];
        for (var i = 0; i < column.Count; i++)
            if (history.Steps[column.Entries[i]] is not TrainingHistory.NoStep and var step && double.IsFinite(column.Values[i]))
                pairs[step] = column.Values[i];

        (long Step, double Epoch)[] known = [.. pairs.Select(pair => (pair.Key, pair.Value))];
        if (known.Length <= most) return known;
        var kept = new (long Step, double Epoch)[most];
        for (var i = 0; i < most; i++) kept[i] = known[(long)i * (known.Length - 1) / (most - 1)];
        return kept;
    }
}
