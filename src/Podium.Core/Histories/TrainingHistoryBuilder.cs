namespace Podium.Histories;

/// <summary>Builds a <see cref="TrainingHistory"/> entry by entry, without an allocation per entry.</summary>
/// <example>
/// <code>
/// var builder = new TrainingHistoryBuilder();
/// var loss = builder.Metric("eval_loss");
/// builder.BeginEntry();
/// builder.SetStep(20);
/// builder.Set(loss, 1.25);
/// TrainingHistory history = builder.Build();
/// </code>
/// </example>
public sealed class TrainingHistoryBuilder
{
    private readonly List<GrowingColumn> _columns = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<TrainingHistory.TextCell> _texts = [];
    private readonly Dictionary<string, int> _lastText = new(StringComparer.Ordinal);
    private int _entryOfLastText = -1;
    private long[] _steps = [];

    /// <summary>How many entries have begun.</summary>
    public int Count { get; private set; }

    /// <summary>The number by which <see cref="Set(int, double)"/> knows a metric; a new name gets the next one.</summary>
    /// <param name="name">The metric's name.</param>
    public int Metric(string name)
    {
        if (_ids.TryGetValue(name, out var id)) return id;
        id = _columns.Count;
        _columns.Add(new GrowingColumn(name));
        _ids.Add(name, id);
        return id;
    }

    /// <summary>Begins the next entry; it has no step until <see cref="SetStep"/> gives it one.</summary>
    public void BeginEntry()
    {
        if (Count == _steps.Length) Array.Resize(ref _steps, Math.Max(16, Count * 2));
        _steps[Count++] = TrainingHistory.NoStep;
    }

    /// <summary>Sets the step of the entry that was begun last.</summary>
    /// <param name="step">A whole number; anything else leaves the entry without a step, and it will not count.</param>
    public void SetStep(double step)
    {
        // Above 2^53 a double no longer tells neighbours apart: such a number is no step.
        var whole = Math.Abs(step) <= 1L << 53 && step == Math.Floor(step);
        _steps[Count - 1] = whole ? (long)step : TrainingHistory.NoStep;
    }

    /// <summary>Sets a metric of the entry that was begun last; set twice, the later value stands.</summary>
    /// <param name="metric">A number from <see cref="Metric"/>.</param>
    /// <param name="value">The value; NaN and infinities are kept as such.</param>
    public void Set(int metric, double value)
    {
        var column = _columns[metric];
        column.Set(Count - 1, value);
        if (_entryOfLastText == Count - 1 && TryFindText(column.Name, out var text)) _texts[text] = Replaced;
    }

    /// <summary>Sets a metric of the entry that was begun last, by name.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="value">The value; NaN and infinities are kept as such.</param>
    public void Set(string metric, double value) => Set(Metric(metric), value);

    /// <summary>Keeps a logged value that is no number, so that histories which differ in it stay different.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="text">The value as it was written.</param>
    public void SetText(string metric, string text)
    {
        var cell = new TrainingHistory.TextCell(Count - 1, metric, text);
        if (TryFindText(metric, out var index))
        {
            _texts[index] = cell;
        }
        else
        {
            _lastText[metric] = _texts.Count;
            _texts.Add(cell);
        }

        _entryOfLastText = Count - 1;
        if (_ids.TryGetValue(metric, out var id)) _columns[id].Unset(Count - 1);
    }

    private static TrainingHistory.TextCell Replaced => new(-1, "", "");

    /// <summary>Finds the text of a metric in the entry that was begun last.</summary>
    private bool TryFindText(string metric, out int index) => _lastText.TryGetValue(metric, out index) && _texts[index].Entry == Count - 1;

    /// <summary>The history of all entries so far. The builder may go on afterwards.</summary>
    public TrainingHistory Build()
    {
        TrainingHistory.TextCell[] texts = [.. _texts.Where(text => text.Entry >= 0)];
        Array.Sort(texts);
        var columns = new List<MetricColumn>(_columns.Count);
        foreach (var column in _columns)
            if (column.Count > 0)
                columns.Add(column.Freeze());

        return new TrainingHistory(_steps, Count, [.. columns], texts);
    }

    /// <summary>
    /// A column that still grows. What it froze keeps its arrays: later entries go behind the frozen count, and a value
    /// is overwritten only in the entry that is still open.
    /// </summary>
    private sealed class GrowingColumn(string name)
    {
        public string Name => name;

        private int[] _entries = [];
        private double[] _values = [];

        public int Count { get; private set; }

        public void Set(int entry, double value)
        {
            if (Count > 0 && _entries[Count - 1] == entry)
            {
                _values[Count - 1] = value;
                return;
            }

            if (Count == _entries.Length)
            {
                var size = Math.Max(16, Count * 2);
                Array.Resize(ref _entries, size);
                Array.Resize(ref _values, size);
            }

            _entries[Count] = entry;
            _values[Count++] = value;
        }

        public void Unset(int entry)
        {
            if (Count > 0 && _entries[Count - 1] == entry) Count--;
        }

        public MetricColumn Freeze() => new(name, _entries, _values, Count);
    }
}
