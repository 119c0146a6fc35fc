using System.Runtime.InteropServices;

namespace Podium.Downsampling;

/// <summary>Some points in a row, of which at most five are kept: the first, the last, the lowest, the highest, and a gap.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Bucket
{
    /// <summary>How many points a bucket keeps at most.</summary>
    public const int MostKept = 5;

    private SeriesPoint _first;
    private SeriesPoint _last;
    private SeriesPoint _lowest;
    private SeriesPoint _highest;
    private SeriesPoint _gap;
    private bool _hasNumbers;
    private bool _hasGap;

    /// <summary>Takes in points behind those that it has.</summary>
    public void Add(ReadOnlySpan<long> steps, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value)) AddGap(new SeriesPoint(steps[i], value));
            else if (!_hasNumbers) Begin(new SeriesPoint(steps[i], value));
            else
            {
                // The earliest of equal ones stays.
                if (value < _lowest.Value) _lowest = new SeriesPoint(steps[i], value);
                if (value > _highest.Value) _highest = new SeriesPoint(steps[i], value);
                _last = new SeriesPoint(steps[i], value);
            }
        }
    }

    /// <summary>Takes in a bucket behind this one.</summary>
    public void Add(in Bucket next)
    {
        if (next._hasGap) AddGap(next._gap);
        if (!next._hasNumbers) return;
        if (!_hasNumbers) Begin(next._first);
        if (next._lowest.Value < _lowest.Value) _lowest = next._lowest;
        if (next._highest.Value > _highest.Value) _highest = next._highest;
        _last = next._last;
    }

    /// <summary>Writes the kept points, each once, in the order of their steps.</summary>
    /// <returns>How many there are.</returns>
    public readonly int Keep(Span<SeriesPoint> kept)
    {
        var count = 0;
        if (_hasNumbers)
        {
            Insert(_first, kept, ref count);
            Insert(_lowest, kept, ref count);
            Insert(_highest, kept, ref count);
            Insert(_last, kept, ref count);
        }

        if (_hasGap) Insert(_gap, kept, ref count);
        return count;
    }

    private static void Insert(in SeriesPoint point, Span<SeriesPoint> kept, ref int count)
    {
        var place = count;
        while (place > 0 && kept[place - 1].Step > point.Step) place--;
        if (place > 0 && kept[place - 1].Step == point.Step) return;
        kept[place..count].CopyTo(kept[(place + 1)..]);
        kept[place] = point;
        count++;
    }

    private void Begin(in SeriesPoint point)
    {
        _first = _last = _lowest = _highest = point;
        _hasNumbers = true;
    }

    private void AddGap(in SeriesPoint point)
    {
        if (_hasGap) return;
        _gap = point;
        _hasGap = true;
    }
}
