namespace Podium.Storage.Points;

/// <summary>Points of one series, one a step, ascending: a stretch of it as it is read and packed.</summary>
/// <remarks>It is filled again and again, so that a long series costs no memory of its own.</remarks>
internal sealed class Winners
{
    private long[] _steps = new long[1024];
    private double[] _values = new double[1024];
    private byte[] _sources = new byte[1024];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    public ReadOnlySpan<long> Steps => _steps.AsSpan(_start, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(_start, Count);

    /// <summary>By which way each came.</summary>
    public ReadOnlySpan<byte> Sources => _sources.AsSpan(_start, Count);

    public void Clear() => _start = _end = 0;

    public void Add(long step, double value, byte source)
    {
        if (_end == _steps.Length) Grow(_end + 1);
        _steps[_end] = step;
        _values[_end] = value;
        _sources[_end++] = source;
    }

    /// <summary>Makes room for points at the end, to be filled in.</summary>
    public void Extend(int count, out Span<long> steps, out Span<double> values, out Span<byte> sources)
    {
        if (_end + count > _steps.Length) Grow(_end + count);
        steps = _steps.AsSpan(_end, count);
        values = _values.AsSpan(_end, count);
        sources = _sources.AsSpan(_end, count);
        _end += count;
    }

    /// <summary>Drops the first points.</summary>
    public void DropFirst(int count) => _start += count;

    /// <summary>Drops the points outside of a range of steps.</summary>
    public void Cut(long from, long to)
    {
        _end = _start + CountBelow(to, orAt: true);
        _start += CountBelow(from, orAt: false);
    }

    /// <summary>How many points lie below a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="orAt">Whether one at the step counts too.</param>
    public int CountBelow(long step, bool orAt)
    {
        var place = Steps.BinarySearch(step);
        return place < 0 ? ~place : place + (orAt ? 1 : 0);
    }

    private void Grow(int least)
    {
        var size = Math.Max(least, _steps.Length * 2);
        Array.Resize(ref _steps, size);
        Array.Resize(ref _values, size);
        Array.Resize(ref _sources, size);
    }
}
