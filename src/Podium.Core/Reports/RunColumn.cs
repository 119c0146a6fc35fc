using Podium.Histories;

namespace Podium.Reports;

/// <summary>The values of one metric of a run: the entries that have it, their values, and by which way each came.</summary>
/// <remarks>What it froze keeps its arrays: later values go behind the frozen count, and a change of the past makes new arrays.</remarks>
internal sealed class RunColumn(string name)
{
    private int[] _entries = [];
    private double[] _values = [];
    // A byte each: with millions of points the size of an enum counts.
    private byte[] _sources = [];

    public string Name { get; } = name;

    public int Count { get; private set; }

    public MetricColumn Freeze() => new(Name, _entries, _values, Count);

    /// <summary>A copy of what stands in the first entries.</summary>
    public RunColumn Before(int entries)
    {
        var count = CountBefore(entries);
        return new RunColumn(Name) { _entries = _entries[..count], _values = _values[..count], _sources = _sources[..count], Count = count };
    }

    /// <summary>The last value of the first entries.</summary>
    public Point? LastBefore(int entries)
    {
        var place = CountBefore(entries) - 1;
        return place < 0 ? null : new Point(place, _entries[place], _values[place], (PointSource)_sources[place]);
    }

    /// <summary>Sets the value of an entry that has none yet.</summary>
    public void Set(int entry, PointSource source, double value)
    {
        var place = CountBefore(entry);
        if (place < Count || Count == _entries.Length) Resize(place);
        _entries[place] = entry;
        _values[place] = value;
        _sources[place] = (byte)source;
        Count++;
    }

    public void SetSource(int place, PointSource source) => _sources[place] = (byte)source;

    public void Replace(int place, PointSource source, double value)
    {
        _values = [.. _values];
        _values[place] = value;
        _sources[place] = (byte)source;
    }

    /// <summary>Makes room for an entry: those from there on move up by one.</summary>
    public void MakeRoomAt(int entry)
    {
        var from = CountBefore(entry);
        _entries = [.. _entries];
        for (var i = from; i < Count; i++) _entries[i]++;
    }

    /// <summary>New arrays with a free place.</summary>
    private void Resize(int place)
    {
        var size = Math.Max(16, Count * 2);
        Move(ref _entries, size, place);
        Move(ref _values, size, place);
        Move(ref _sources, size, place);
    }

    private void Move<T>(ref T[] array, int size, int place)
    {
        var moved = new T[size];
        array.AsSpan(0, place).CopyTo(moved);
        array.AsSpan(place, Count - place).CopyTo(moved.AsSpan(place + 1));
        array = moved;
    }

    private int CountBefore(int entry)
    {
        if (Count == 0 || _entries[Count - 1] < entry) return Count;
        var index = _entries.AsSpan(0, Count).BinarySearch(entry);
        return index < 0 ? ~index : index;
    }

    /// <summary>A value, and where it stands.</summary>
    public readonly record struct Point(int Place, int Entry, double Value, PointSource Source);
}
