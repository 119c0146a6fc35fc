using Podium.Storage.Points;

namespace Podium.Storage.Writing;

/// <summary>A series of the newest run, and its highest step: what comes behind that needs no look into the database.</summary>
internal sealed class SeriesEnd(string key)
{
    private int _grown;

    public string Key { get; } = key;

    /// <summary>Its number; 0 until a point of it is stored.</summary>
    public long Id { get; set; }

    public long LastStep { get; set; } = long.MinValue;

    /// <summary>Whether a ranking reads it.</summary>
    public bool IsRanked { get; init; }

    /// <summary>Whether it is the epoch, which goes with whatever else is new at its step.</summary>
    public bool IsEpoch { get; init; }

    /// <summary>The entry that had it last: a metric that an entry has twice is found so.</summary>
    public long Entry { get; set; }

    /// <summary>The same metric of earlier runs; null until it was asked for.</summary>
    public long[]? Earlier { get; set; }

    /// <summary>Counts a new point.</summary>
    /// <returns>How many there are, each time that they are worth packing; else 0.</returns>
    public int Grow()
    {
        if (++_grown % BlockPacker.WorthPacking != 0) return 0;
        var grown = _grown;
        // So many are packed in any case.
        if (grown >= BlockPacker.TooMany) _grown = 0;
        return grown;
    }
}
