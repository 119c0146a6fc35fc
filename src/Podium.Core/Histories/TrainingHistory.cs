namespace Podium.Histories;

/// <summary>What a trainer logged, in the order of its log, kept by columns.</summary>
/// <remarks>
/// One entry is one line of the log (in a <c>trainer_state.json</c>, one object of <c>log_history</c>). An entry has a
/// step and any number of metrics. Immutable, and so safe to share between threads.
/// </remarks>
public sealed class TrainingHistory
{
    /// <summary>Stands in <see cref="Steps"/> for an entry that has no whole number as its step.</summary>
    public const long NoStep = long.MinValue;

    /// <summary>A history without entries.</summary>
    public static TrainingHistory Empty { get; } = new([], 0, [], []);

    private readonly long[] _steps;
    private readonly MetricColumn[] _columns;
    private readonly TextCell[] _texts;

    internal TrainingHistory(long[] steps, int count, MetricColumn[] columns, TextCell[] texts)
    {
        _steps = steps;
        Count = count;
        _columns = columns;
        _texts = texts;
    }

    /// <summary>How many entries the log has.</summary>
    public int Count { get; }

    /// <summary>The step of each entry, or <see cref="NoStep"/>.</summary>
    public ReadOnlySpan<long> Steps => _steps.AsSpan(0, Count);

    /// <summary>One column a metric, in the order in which the metrics first appeared.</summary>
    public IReadOnlyList<MetricColumn> Columns => _columns;

    /// <summary>The highest step of all entries; null where no entry has one.</summary>
    public long? LastStep
    {
        get
        {
            var last = NoStep;
            foreach (var step in Steps) last = Math.Max(last, step);
            return last == NoStep ? null : last;
        }
    }

    /// <summary>The column of a metric.</summary>
    /// <param name="metric">The metric's name; upper and lower case differ.</param>
    /// <returns>The column, or null where the metric was never logged.</returns>
    public MetricColumn? Find(string metric)
    {
        // A run logs a dozen metrics: looking through them beats hashing.
        foreach (var column in _columns)
            if (string.Equals(column.Name, metric, StringComparison.Ordinal))
                return column;

        return null;
    }

    /// <summary>Whether <paramref name="other"/> is how this history began: the same entries, value for value.</summary>
    /// <param name="other">The history that may be a prefix of this one; an empty one always is.</param>
    /// <remarks>NaN equals NaN. The order of the metrics inside an entry does not matter.</remarks>
    public bool StartsWith(TrainingHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count > Count || !Steps[..other.Count].SequenceEqual(other.Steps)) return false;

        var shared = 0;
        foreach (var column in _columns)
        {
            var count = column.CountBefore(other.Count);
            if (count == 0) continue;

            var before = other.Find(column.Name);
            if (before is null || before.Count != count
                || !before.Entries.SequenceEqual(column.Entries[..count])
                || !before.Values.SequenceEqual(column.Values[..count]))
                return false;

            shared++;
        }

        return shared == other._columns.Length && TextsBefore(other.Count).SequenceEqual(other._texts);
    }

    /// <summary>How many entries from the start two histories share.</summary>
    /// <param name="other">The history to compare with.</param>
    public int CommonPrefix(TrainingHistory other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var shared = Steps.CommonPrefixLength(other.Steps);
        foreach (var column in _columns) shared = Math.Min(shared, FirstDifference(column, other.Find(column.Name)));
        foreach (var column in other._columns) shared = Math.Min(shared, FirstDifference(column, Find(column.Name)));
        var texts = ((ReadOnlySpan<TextCell>)_texts).CommonPrefixLength(other._texts);
        if (texts < _texts.Length) shared = Math.Min(shared, _texts[texts].Entry);
        if (texts < other._texts.Length) shared = Math.Min(shared, other._texts[texts].Entry);
        return shared;
    }

    private static int FirstDifference(MetricColumn column, MetricColumn? other)
    {
        if (other is null) return column.Count == 0 ? int.MaxValue : column.Entries[0];
        var same = Math.Min(
            column.Entries.CommonPrefixLength(other.Entries),
            column.Values.CommonPrefixLength(other.Values));
        return same < column.Count ? column.Entries[same] : int.MaxValue;
    }

    private ReadOnlySpan<TextCell> TextsBefore(int entries)
    {
        var count = 0;
        while (count < _texts.Length && _texts[count].Entry < entries) count++;
        return _texts.AsSpan(0, count);
    }

    /// <summary>A logged value that is no number. It is never ranked, but it tells two histories apart.</summary>
    internal readonly record struct TextCell(int Entry, string Metric, string Text) : IComparable<TextCell>
    {
        public int CompareTo(TextCell other)
        {
            var byEntry = Entry.CompareTo(other.Entry);
            return byEntry != 0 ? byEntry : string.CompareOrdinal(Metric, other.Metric);
        }
    }
}
