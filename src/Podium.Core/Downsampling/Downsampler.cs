using System.Runtime.InteropServices;

namespace Podium.Downsampling;

/// <summary>Thins a series out for a chart, so that nothing is lost that could be seen: spikes, gaps, its ends.</summary>
/// <remarks>
/// <para>
/// Up to a limit every point stays. Above it, of points in a row the first, the last, the lowest, the highest and one that is no
/// number stay, as they are: a spike of one point survives, and a stretch of NaN is still a gap.
/// </para>
/// <para>
/// It reads the points once, in their order, in pieces of any size, and holds only what it may still need: how much memory it takes
/// depends on the limit, not on the series. The same points give the same answer, however they were cut into pieces. Not safe for
/// use by several threads at once.
/// </para>
/// </remarks>
public sealed class Downsampler
{
    /// <summary>The lowest limit there is.</summary>
    public const int FewestPoints = Bucket.MostKept + 1;

    private readonly List<SeriesPoint> _points = [];
    private readonly List<Bucket> _buckets = [];
    private SeriesPoint _last;
    // How many points make a bucket: a power of two, so that two neighbours make one of the next size; 0 while all points stay.
    private long _width;

    /// <summary>Begins with no points.</summary>
    /// <param name="maxPoints">How many points stay at most; at least <see cref="FewestPoints"/>. <see cref="int.MaxValue"/> keeps all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxPoints"/> is below <see cref="FewestPoints"/>.</exception>
    public Downsampler(int maxPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPoints, FewestPoints);
        MaxPoints = maxPoints;
    }

    /// <summary>How many points stay at most.</summary>
    public int MaxPoints { get; }

    /// <summary>How many points came.</summary>
    public long Count { get; private set; }

    /// <summary>Whether points were left out, because more came than may stay.</summary>
    public bool IsThinned => Count > MaxPoints;

    /// <summary>Thins out a series that is at hand as a whole.</summary>
    /// <param name="steps">The steps, each higher than the one before.</param>
    /// <param name="values">The values, one a step.</param>
    /// <param name="maxPoints">How many points stay at most; at least <see cref="FewestPoints"/>.</param>
    /// <returns>The points that stay, in their order.</returns>
    /// <exception cref="ArgumentException">There are not as many values as steps.</exception>
    public static SeriesPoint[] Downsample(ReadOnlySpan<long> steps, ReadOnlySpan<double> values, int maxPoints)
    {
        var downsampler = new Downsampler(maxPoints);
        downsampler.Add(steps, values);
        return downsampler.ToArray();
    }

    /// <summary>Takes in the next points.</summary>
    /// <param name="steps">Their steps, each higher than the one before.</param>
    /// <param name="values">Their values, one a step.</param>
    /// <exception cref="ArgumentException">There are not as many values as steps.</exception>
    public void Add(ReadOnlySpan<long> steps, ReadOnlySpan<double> values)
    {
        if (steps.Length != values.Length) throw new ArgumentException($"There are {steps.Length} steps and {values.Length} values.", nameof(values));
        if (steps.Length == 0) return;
        _last = new SeriesPoint(steps[^1], values[^1]);
        if (_width == 0 && Count + steps.Length > MaxPoints) BeginBuckets();
        if (_width > 0)
        {
            AddToBuckets(steps, values);
            return;
        }

        Count += steps.Length;
        for (var i = 0; i < steps.Length; i++) _points.Add(new SeriesPoint(steps[i], values[i]));
    }

    /// <summary>The points that stay, in their order.</summary>
    public SeriesPoint[] ToArray()
    {
        if (!IsThinned) return [.. _points];

        // The last point of all stays, also where it is the second gap of its bucket.
        var buckets = CollectionsMarshal.AsSpan(_buckets);
        var kept = new SeriesPoint[MaxPoints + Bucket.MostKept];
        var together = 1;
        int count;
        while ((count = Keep(buckets, together, kept)) > MaxPoints) together++;
        return kept[..count];
    }

    /// <summary>Keeps what stays when so many buckets are taken as one; more than allowed where that is too few.</summary>
    private int Keep(ReadOnlySpan<Bucket> buckets, int together, Span<SeriesPoint> kept)
    {
        var count = 0;
        for (var i = 0; i < buckets.Length; i += together)
        {
            var bucket = buckets[i];
            for (var j = i + 1; j < Math.Min(i + together, buckets.Length); j++) bucket.Add(buckets[j]);
            count += bucket.Keep(kept[count..]);
            if (count > MaxPoints) return count;
        }

        if (kept[count - 1].Step != _last.Step) kept[count++] = _last;
        return count;
    }

    private void BeginBuckets()
    {
        _width = 1;
        Count = 0;
        foreach (var point in _points) AddToBuckets([point.Step], [point.Value]);
        _points.Clear();
    }

    private void AddToBuckets(ReadOnlySpan<long> steps, ReadOnlySpan<double> values)
    {
        while (steps.Length > 0)
        {
            if (Count % _width == 0 && _buckets.Count == MaxPoints) Widen();
            if (Count % _width == 0) _buckets.Add(default);
            var taken = (int)Math.Min(steps.Length, _width - Count % _width);
            CollectionsMarshal.AsSpan(_buckets)[^1].Add(steps[..taken], values[..taken]);
            Count += taken;
            steps = steps[taken..];
            values = values[taken..];
        }
    }

    /// <summary>Makes one bucket of each two.</summary>
    private void Widen()
    {
        var buckets = CollectionsMarshal.AsSpan(_buckets);
        var count = 0;
        for (var i = 0; i < buckets.Length; i += 2)
        {
            var bucket = buckets[i];
            if (i + 1 < buckets.Length) bucket.Add(buckets[i + 1]);
            buckets[count++] = bucket;
        }

        _buckets.RemoveRange(count, _buckets.Count - count);
        _width *= 2;
    }
}
