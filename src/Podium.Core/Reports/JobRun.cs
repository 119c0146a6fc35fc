using Podium.Histories;

namespace Podium.Reports;

/// <summary>One run of a job: its entries by step, and those of the run from which it forked, kept by columns.</summary>
/// <remarks>
/// What comes in the order of its steps is appended, at the same cost however long the run is. Only what changes the past
/// (a value that is replaced, a gap that is filled) copies the columns.
/// </remarks>
public sealed class JobRun
{
    private readonly List<RunColumn> _columns = [];
    private readonly Dictionary<string, RunColumn> _byName = new(StringComparer.Ordinal);
    private readonly long[] _newestOfSource = [.. Enumerable.Repeat(long.MinValue, Enum.GetValues<PointSource>().Length)];
    private long[] _steps = [];
    private int _count;
    private int _closing = -1;

    internal JobRun(int number, JobRun? parent, long fromStep)
    {
        Number = number;
        Parent = parent?.Number;
        FromStep = fromStep;
        if (parent is not null) Inherit(parent);
    }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>The number of the run from which it forked; null for the first.</summary>
    public int? Parent { get; }

    /// <summary>The step from which on it is its own; what stands before is the other run's. The lowest number for the first run.</summary>
    public long FromStep { get; }

    /// <summary>Counts every change that is no appended entry: who follows <see cref="History"/> then begins anew.</summary>
    public int Rewrites { get; private set; }

    /// <summary>The highest step so far; null while there is none.</summary>
    public long? LastStep => _count == 0 ? null : _steps[_count - 1];

    /// <summary>Whether anything of its own came in some way.</summary>
    /// <param name="source">The way.</param>
    public bool HasFrom(PointSource source) => _newestOfSource[(int)source] > long.MinValue;

    /// <summary>How many points it holds, the inherited ones included.</summary>
    public int PointCount => _columns.Sum(column => column.Count);

    /// <summary>The history so far, in the order of the steps and, at one step, as it came.</summary>
    public TrainingHistory History => new(_steps, _count, [.. _columns.Where(column => column.Count > 0).Select(column => column.Freeze())], []);

    /// <summary>Whether an entry tells that the training went back before what this run has from the same source.</summary>
    internal bool IsTakenBack(in ReportedEntry entry)
    {
        if (entry.Step >= _newestOfSource[(int)entry.Source]) return false;
        foreach (var (metric, value) in entry.Metrics)
            if (JobRuns.TellsOfARun(metric) && Find(metric, entry.Step) is { } known && known.IsFrom(entry.Source) && !known.Value.Equals(value))
                return true;

        return false;
    }

    internal void Add(in ReportedEntry reported)
    {
        ref var newest = ref _newestOfSource[(int)reported.Source];
        newest = Math.Max(newest, reported.Step);

        List<KeyValuePair<string, double>> fresh = [];
        double? epoch = null;
        foreach (var (metric, value) in reported.Metrics)
        {
            // The epoch says where its entry stands: it goes with whatever else is new.
            if (metric is MetricKeys.Epoch) epoch = value;
            else if (Find(metric, reported.Step) is not { } known || IsAfterTheEnd(known, reported.Source)) fresh.Add(new(metric, value));
            else if (known.Value.Equals(value)) _byName[metric].Say(known.Place, reported.Source);
            else if (reported.Source <= known.Source) Replace(metric, known, reported.Source, value);
        }

        if (fresh.Count > 0) Place(reported, fresh, epoch);
    }

    private void Inherit(JobRun parent)
    {
        _count = FirstAfter(parent._steps.AsSpan(0, parent._count), FromStep - 1);
        _steps = parent._steps.AsSpan(0, _count).ToArray();
        _closing = parent._closing < _count ? parent._closing : -1;
        foreach (var column in parent._columns)
        {
            var own = column.Before(_count);
            _columns.Add(own);
            _byName.Add(own.Name, own);
        }
    }

    private RunColumn.Point? Find(string metric, long step)
    {
        if (_count == 0 || step > _steps[_count - 1] || !_byName.TryGetValue(metric, out var column)) return null;
        var steps = _steps.AsSpan(0, _count);
        var end = FirstAfter(steps, step);
        return column.LastBefore(end) is { } point && _steps[point.Entry] == step ? point : null;
    }

    /// <summary>
    /// Behind the closing entry other weights may have been loaded: what is evaluated then at a step that has its evaluation
    /// is an entry of its own, which the timeline knows not to count. By another way it may be the same evaluation that only came later.
    /// </summary>
    private bool IsAfterTheEnd(in RunColumn.Point known, PointSource source) => _closing > known.Entry && known.Source == source;

    private void Replace(string metric, in RunColumn.Point known, PointSource source, double value)
    {
        _byName[metric].Replace(known.Place, source, value);
        Rewrites++;
    }

    private void Place(in ReportedEntry reported, List<KeyValuePair<string, double>> metrics, double? epoch)
    {
        var place = FirstAfter(_steps.AsSpan(0, _count), reported.Step);
        if (place < _count) MakeRoomAt(place);
        else if (_count == _steps.Length) Array.Resize(ref _steps, Math.Max(16, _count * 2));

        _steps[place] = reported.Step;
        _count++;
        var hasLoss = false;
        foreach (var (metric, value) in metrics)
        {
            Column(metric).Set(place, reported.Source, value);
            hasLoss |= JobRuns.TellsOfARun(metric);
        }

        if (epoch is { } at) Column(MetricKeys.Epoch).Set(place, reported.Source, at);
        if (!hasLoss && metrics.Exists(metric => metric.Key is MetricKeys.TrainRuntime)) _closing = Math.Max(_closing, place);
    }

    private void MakeRoomAt(int place)
    {
        var steps = new long[Math.Max(16, _count * 2)];
        _steps.AsSpan(0, place).CopyTo(steps);
        _steps.AsSpan(place, _count - place).CopyTo(steps.AsSpan(place + 1));
        _steps = steps;
        foreach (var column in _columns) column.MakeRoomAt(place);
        if (_closing >= place) _closing++;
        Rewrites++;
    }

    private RunColumn Column(string metric)
    {
        if (!_byName.TryGetValue(metric, out var column))
        {
            column = new RunColumn(metric);
            _columns.Add(column);
            _byName.Add(metric, column);
        }

        return column;
    }

    /// <summary>The place behind the last entry of a step or below it.</summary>
    private static int FirstAfter(ReadOnlySpan<long> steps, long step)
    {
        // Mostly it is the end.
        if (steps.Length == 0 || steps[^1] <= step) return steps.Length;
        var (low, high) = (0, steps.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (steps[middle] <= step) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
