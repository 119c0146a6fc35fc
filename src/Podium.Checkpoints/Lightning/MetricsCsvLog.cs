using Podium.Histories;

namespace Podium.Checkpoints.Lightning;

/// <summary>Gathers the rows of a <c>metrics.csv</c> into a history.</summary>
internal sealed class MetricsCsvLog
{
    private readonly TrainingHistoryBuilder _history = new();
    private readonly string _path;
    private readonly string[] _columns;
    private readonly int[] _metrics;
    private readonly bool[] _isFaulty;
    private readonly int _step;
    private bool _hasBadRow;

    public MetricsCsvLog(string path, string[] columns, int step)
    {
        _path = path;
        _columns = columns;
        _step = step;
        _isFaulty = new bool[columns.Length];
        _metrics = [.. LightningKeys.ToMetrics(columns).Select(_history.Metric)];
    }

    public List<ReadFault> Faults { get; } = [];

    public void Add(CsvRows row)
    {
        if (row.Count == 1 && row[0].IsWhiteSpace()) return;
        if (row.Count != _columns.Length)
        {
            // A file of another kind has a bad row in every line: one is enough to say so.
            if (!_hasBadRow) Faults.Add(new ReadFault(_path, $"the row has {row.Count} cells where the header has {_columns.Length}; it was left out") { Line = row.Line });
            _hasBadRow = true;
            return;
        }

        _history.BeginEntry();
        for (var i = 0; i < row.Count; i++)
        {
            var cell = row[i];
            if (cell.IsWhiteSpace()) continue;
            if (!PythonNumber.TryRead(cell, out var value)) AddFault(i, cell, row.Line);
            else if (i == _step) _history.SetStep(value + 1);
            else _history.Set(_metrics[i], value);
        }
    }

    public MetricsCsvReading Build(bool endsHalfWritten) => new(_history.Build(), endsHalfWritten, Faults);

    private void AddFault(int column, ReadOnlySpan<char> cell, long line)
    {
        if (_isFaulty[column]) return;
        _isFaulty[column] = true;
        var shown = cell.Length <= 40 ? cell.ToString() : $"{cell[..40]}…";
        Faults.Add(new ReadFault(_path, $"'{shown}' in column '{_columns[column]}' is no number; it was left out") { Line = line });
    }
}
