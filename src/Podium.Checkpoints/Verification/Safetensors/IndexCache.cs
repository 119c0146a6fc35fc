using System.Collections.Concurrent;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>Reads indexes; those of one run are the same, byte for byte, and are parsed once.</summary>
internal sealed class IndexCache
{
    private const int MostPerFile = 8;

    // An index of a hundred thousand tensors stays below.
    private const int LongestIndex = 64 << 20;

    private readonly ConcurrentDictionary<string, ShardIndex[]> _indexes = new(StringComparer.Ordinal);

    /// <summary>Reads an index.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it: relative to the checkpoint.</param>
    public FileReading<ShardIndex> Read(string fullPath, string path)
    {
        var file = FilePart.Whole(fullPath, path, LongestIndex);
        if (file.Value is not { } text) return new FileReading<ShardIndex>(null, file.Fault);
        if (Find(path, text) is { } known) return FileReading<ShardIndex>.Of(known);

        var reading = ShardIndexParser.Parse(text, path);
        if (reading.Value is not { } index) return reading;
        _indexes.AddOrUpdate(path, static (_, added) => [added], static (_, others, added) => others.Length < MostPerFile ? [.. others, added] : others, index);
        return FileReading<ShardIndex>.Of(Find(path, text) ?? index);
    }

    private ShardIndex? Find(string path, byte[] text) =>
        _indexes.TryGetValue(path, out var known) ? Array.Find(known, index => text.AsSpan().SequenceEqual(index.Text)) : null;
}
