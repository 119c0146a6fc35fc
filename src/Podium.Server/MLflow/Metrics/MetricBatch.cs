using System.Runtime.InteropServices;
using Podium.Storage.Jobs;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Metrics;

/// <summary>The metrics of one call, sorted into entries.</summary>
/// <remarks>
/// What has one step and one time was logged together and is one entry. Where a key comes again at its step, or would stand before
/// what came before it, another entry begins: so each key's points keep the order in which they came. Good for one call.
/// </remarks>
internal sealed class MetricBatch
{
    private readonly List<(KeyValuePair<string, double> Metric, int Entry)> _points = [];
    private readonly List<(long Step, long Time, int Count)> _entries = [];
    private readonly Dictionary<(long Step, long Time), int> _newestAt = [];
    private readonly Dictionary<string, int> _newestOf = new(StringComparer.Ordinal);

    /// <summary>How many points there are.</summary>
    public int Count => _points.Count;

    /// <summary>The metrics, each once.</summary>
    public IReadOnlyCollection<string> Names => _newestOf.Keys;

    public void Add(string key, double value, long time, long step)
    {
        ref var newestOfKey = ref CollectionsMarshal.GetValueRefOrAddDefault(_newestOf, key, out var isKnown);
        var least = isKnown ? newestOfKey + 1 : 0;
        var entry = EntryAt(step, time, least);
        newestOfKey = entry;
        CollectionsMarshal.AsSpan(_entries)[entry].Count++;
        _points.Add((new(key, value), entry));
    }

    /// <summary>The entries, in the order in which they began.</summary>
    public IReadOnlyList<JobReportEntry> ToEntries()
    {
        if (_points.Count == 0) return [];
        // One array for all: each entry is a piece of it.
        var metrics = new KeyValuePair<string, double>[_points.Count];
        var ends = new int[_entries.Count];
        for (var i = 1; i < ends.Length; i++) ends[i] = ends[i - 1] + _entries[i - 1].Count;
        foreach (var (metric, entry) in _points) metrics[ends[entry]++] = metric;

        var entries = new JobReportEntry[_entries.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var (step, time, count) = _entries[i];
            var piece = new ArraySegment<KeyValuePair<string, double>>(metrics, ends[i] - count, count);
            if (count > 1) RenameClosing(piece);
            entries[i] = new JobReportEntry(step, time, piece);
        }

        return entries;
    }

    private int EntryAt(long step, long time, int least)
    {
        // Mostly it is the entry that was added to last.
        if (_entries.Count > least && _entries[^1].Step == step && _entries[^1].Time == time) return _entries.Count - 1;
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(_newestAt, (step, time), out var isKnown);
        if (isKnown && newest >= least) return newest;
        newest = _entries.Count;
        _entries.Add((step, time, 0));
        return newest;
    }

    private static void RenameClosing(Span<KeyValuePair<string, double>> metrics)
    {
        if (!ClosingEntry.Is(metrics)) return;
        foreach (ref var metric in metrics) metric = new(ClosingEntry.OtherName(metric.Key), metric.Value);
    }
}
