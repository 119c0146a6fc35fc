namespace Podium.Histories;

/// <summary>The logged values of one metric: a column of a <see cref="TrainingHistory"/>.</summary>
/// <remarks>
/// <see cref="Entries"/> and <see cref="Values"/> have the same length; <c>Values[i]</c> was logged by the
/// history's entry <c>Entries[i]</c>. Immutable, and so safe to share between threads.
/// </remarks>
public sealed class MetricColumn
{
    private readonly int[] _entries;
    private readonly double[] _values;

    internal MetricColumn(string name, int[] entries, double[] values, int count)
    {
        Name = name;
        _entries = entries;
        _values = values;
        Count = count;
    }

    /// <summary>The metric's name as the trainer logs it, e.g. <c>eval_loss</c>.</summary>
    public string Name { get; }

    /// <summary>How many entries of the history have this metric.</summary>
    public int Count { get; }

    /// <summary>The indexes of the history's entries that have this metric, strictly ascending.</summary>
    public ReadOnlySpan<int> Entries => _entries.AsSpan(0, Count);

    /// <summary>The values, in the order of <see cref="Entries"/>; they may be NaN or infinite.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Finds the value that one entry logged.</summary>
    /// <param name="entry">The index of an entry of the history.</param>
    /// <param name="value">The value, or 0 where the entry does not have this metric.</param>
    /// <returns>Whether the entry has this metric.</returns>
    public bool TryGetValue(int entry, out double value)
    {
        var index = Entries.BinarySearch(entry);
        value = index < 0 ? 0 : _values[index];
        return index >= 0;
    }

    /// <summary>How many of the first <paramref name="entries"/> entries have this metric.</summary>
    internal int CountBefore(int entries)
    {
        var index = Entries.BinarySearch(entries);
        return index < 0 ? ~index : index;
    }
}
