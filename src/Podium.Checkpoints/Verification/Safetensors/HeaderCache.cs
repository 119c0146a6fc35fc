using System.Collections.Concurrent;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>The headers of a run folder that were read before.</summary>
/// <remarks>
/// The checkpoints of a run have the same tensors and so the same header, byte for byte: to compare it with one that was
/// parsed costs next to nothing, and a thousand checkpoints hold one list of names.
/// </remarks>
internal sealed class HeaderCache
{
    private const int MostPerFile = 8;

    private readonly ConcurrentDictionary<string, SafetensorsHeader[]> _headers = new(StringComparer.Ordinal);

    /// <summary>How many bytes to read of a file, to have its header at once; 0 where none of its name is known.</summary>
    public int LikelyLength(string path) => _headers.TryGetValue(path, out var known) ? known[0].Text.Length : 0;

    /// <summary>The header of the same bytes; null where there is none.</summary>
    public SafetensorsHeader? Find(string path, ReadOnlySpan<byte> text)
    {
        if (!_headers.TryGetValue(path, out var known)) return null;
        foreach (var header in known)
            if (text.SequenceEqual(header.Text))
                return header;

        return null;
    }

    /// <summary>Keeps a header, unless there are many of that file: then each has something of its own in it, such as a time.</summary>
    public SafetensorsHeader Add(string path, SafetensorsHeader header)
    {
        _headers.AddOrUpdate(path, static (_, added) => [added], static (_, known, added) => known.Length < MostPerFile ? [.. known, added] : known, header);
        // Another thread may have been first.
        return Find(path, header.Text) ?? header;
    }
}
