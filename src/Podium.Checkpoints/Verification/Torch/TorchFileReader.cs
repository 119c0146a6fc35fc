namespace Podium.Checkpoints.Verification.Torch;

/// <summary>How far to look into a file.</summary>
internal enum TorchDepth
{
    /// <summary>
    /// The directory, and of the entries only that with the pickle. For optimizers: they have thousands of entries, which
    /// lie all over the file, and are looked at whenever a folder is ranked.
    /// </summary>
    Directory,

    /// <summary>The same; but what is of no format that is known here is not judged. For shards, which others may write otherwise.</summary>
    DirectoryIfTorch,

    /// <summary>The header of each entry too. For weights.</summary>
    Entries,

    /// <summary>That, and the pickle is taken out.</summary>
    Pickle,
}

/// <summary>Checks a file of <c>torch.save</c>: a zip file with a pickle and the tensors' bytes, none of them packed.</summary>
/// <remarks>
/// The framework's zip reader makes an object and several strings an entry. This one makes none, and looks at each
/// entry's own header, which torch needs and which only shows a fault when the entry is opened.
/// </remarks>
internal static class TorchFileReader
{
    private const int LongestDirectory = 256 << 20;
    private const int LongestPickle = 16 << 20;

    /// <summary>A pickle of protocol 2 that begins with the number by which torch knows its old format.</summary>
    private static ReadOnlySpan<byte> Legacy => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    private static ReadOnlySpan<byte> ZipStart => [(byte)'P', (byte)'K', 3, 4];

    /// <summary>Checks a file.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it: relative to the checkpoint.</param>
    /// <param name="depth">How far to look.</param>
    public static FileReading<TorchFile> Read(string fullPath, string path, TorchDepth depth) =>
        FilePart.Open(fullPath, path, (handle, length) => Read(new ZipBytes(handle, length), path, depth));

    private static FileReading<TorchFile> Read(ZipBytes bytes, string path, TorchDepth depth)
    {
        var directory = ZipDirectory.Find(bytes, out var hasEnd);
        if (!hasEnd) return WithoutEnd(bytes, path, depth);
        if (directory is not { Length: <= LongestDirectory } found) return FileReading<TorchFile>.Faulty(path, "it contradicts itself on where its directory lies");

        // The entries' own headers are read from the same file: so the directory is kept.
        ReadOnlySpan<byte> rest = bytes.At((long)found.Start, (int)found.Length).ToArray();
        var hasPickle = false;
        byte[]? pickle = null;
        for (var i = 0UL; i < found.Entries; i++)
        {
            if (!ZipEntry.TryTake(ref rest, out var entry)) return FileReading<TorchFile>.Faulty(path, "its directory is damaged");
            var isPickle = entry.Name.EndsWith("/data.pkl"u8) || entry.Name.SequenceEqual("data.pkl"u8);
            hasPickle |= isPickle;
            if (depth <= TorchDepth.DirectoryIfTorch && !isPickle)
            {
                if (entry.Packed > found.Start || entry.Start > found.Start - entry.Packed) return Faulty(entry, path);
                continue;
            }

            if (entry.DataStart(bytes, found.Start) is not { } data) return Faulty(entry, path);
            if (isPickle && depth == TorchDepth.Pickle && entry.IsStored && entry.Packed <= LongestPickle) pickle = bytes.At((long)data, (int)entry.Packed).ToArray();
        }

        if (rest.Length > 0) return FileReading<TorchFile>.Faulty(path, "its directory has more entries than it counts");
        return hasPickle ? FileReading<TorchFile>.Of(new TorchFile(IsLegacy: false, pickle)) : FileReading<TorchFile>.Faulty(path, "it has no data.pkl, which says what is in it");
    }

    private static FileReading<TorchFile> Faulty(ZipEntry entry, string path) =>
        FileReading<TorchFile>.Faulty(path, $"its entry '{System.Text.Encoding.UTF8.GetString(entry.Name)}' is not where its directory says", (long)Math.Min(entry.Start, long.MaxValue));

    private static FileReading<TorchFile> WithoutEnd(ZipBytes bytes, string path, TorchDepth depth)
    {
        var start = bytes.At(0, Legacy.Length);
        if (start.SequenceEqual(Legacy)) return FileReading<TorchFile>.Of(new TorchFile(IsLegacy: true, Pickle: null));
        if (start.StartsWith(ZipStart)) return FileReading<TorchFile>.Short(path, "it ends too early: the directory at the end of a zip file is missing", bytes.Length);
        return ZipStart.StartsWith(start) || Legacy.StartsWith(start)
            ? FileReading<TorchFile>.Short(path, $"it ends too early: it has {bytes.Length} bytes", bytes.Length)
            : depth == TorchDepth.DirectoryIfTorch ? default
            : FileReading<TorchFile>.Faulty(path, "it is nothing that torch saves: neither a zip file nor its older format", 0);
    }
}
