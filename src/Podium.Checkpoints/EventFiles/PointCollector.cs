using System.Text;
using Podium.Histories;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Puts single points together again to the log entries that they were before they were written one by one.</summary>
/// <remarks>
/// <para>
/// A Trainer writes the metrics of one log entry one after the other, each as an event of its own, <c>epoch</c> as the last.
/// A new entry therefore begins with another step; with an evaluation's point after a training point or the reverse; with a
/// metric that the entry has already; behind <c>epoch</c>; and with <c>train_runtime</c>, which opens the closing entry.
/// </para>
/// <para>The wall time plays no part: two logs of a small model can be closer together than two points of a slow disk.</para>
/// </remarks>
internal sealed class PointCollector
{
    private readonly TrainingHistoryBuilder _history = new();
    private readonly List<double> _wallTimes = [];
    private readonly Dictionary<string, Tag> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tag>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly List<int> _entryOfColumn = [];
    private long _step;
    private Part _part;
    private bool _isEnded;
    private bool _isClosed = true;

    public PointCollector() => _byName = _tags.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Which log an entry belongs to.</summary>
    private enum Part
    {
        /// <summary>The Trainer adds these to both kinds of entries.</summary>
        Either,
        Training,
        Evaluation,
    }

    /// <summary>Takes in the next point.</summary>
    /// <param name="tag">The tag, in UTF-8.</param>
    /// <param name="step">The step.</param>
    /// <param name="wallTime">When it was written, in seconds since 1970 UTC.</param>
    /// <param name="value">The value; NaN and infinities are kept as such.</param>
    public void Add(ReadOnlySpan<byte> tag, long step, double wallTime, double value)
    {
        var found = Find(tag);
        if (BeginsEntry(found, step)) BeginEntry(step, wallTime);

        // An entry that begins with epoch, as another program may write it, does not end with it.
        _isEnded |= found.EndsEntry && _part != Part.Either;
        if (_part == Part.Either) _part = found.Part;
        _entryOfColumn[found.Column] = _history.Count;
        _history.Set(found.Column, value);
    }

    /// <summary>Makes the next point begin an entry, whatever it is: it comes from another file.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Everything so far.</summary>
    public (TrainingHistory History, IReadOnlyList<double> WallTimes) Build() => (_history.Build(), _wallTimes);

    private bool BeginsEntry(Tag tag, long step)
    {
        if (_isClosed || step != _step || tag.BeginsEntry || _entryOfColumn[tag.Column] == _history.Count) return true;
        // num_input_tokens_seen is put behind epoch.
        if (_isEnded) return tag.Part != Part.Either || tag.EndsEntry;
        return tag.Part != Part.Either && _part != Part.Either && tag.Part != _part;
    }

    private void BeginEntry(long step, double wallTime)
    {
        _history.BeginEntry();
        _history.SetStep(step);
        _wallTimes.Add(wallTime);
        _step = step;
        _part = Part.Either;
        _isEnded = false;
        _isClosed = false;
    }

    private Tag Find(ReadOnlySpan<byte> utf8)
    {
        Span<char> name = utf8.Length <= 256 ? stackalloc char[256] : new char[utf8.Length];
        name = name[..Encoding.UTF8.GetChars(utf8, name)];
        if (_byName.TryGetValue(name, out var known)) return known;

        var tag = name.ToString();
        var metric = EventTags.ToMetric(tag);
        var part = metric is MetricKeys.Epoch or "num_input_tokens_seen" ? Part.Either
            : EventTags.IsEvaluation(tag) ? Part.Evaluation : Part.Training;
        var added = new Tag(_history.Metric(metric), part, metric == MetricKeys.TrainRuntime, metric == MetricKeys.Epoch);
        _tags.Add(tag, added);
        // Two tags can stand for one metric; no entry is numbered 0.
        if (added.Column == _entryOfColumn.Count) _entryOfColumn.Add(0);
        return added;
    }

    private readonly record struct Tag(int Column, Part Part, bool BeginsEntry, bool EndsEntry);
}
