using System.Buffers.Binary;

namespace Podium.Checkpoints.Verification;

/// <summary>Checks the first bytes of a <c>.gguf</c> file, which llama.cpp reads.</summary>
internal sealed record GgufFile(uint Version)
{
    private const int HeaderLength = 24;
    private const uint NewestVersion = 3;

    /// <summary>Checks a file.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it: relative to the checkpoint.</param>
    public static FileReading<GgufFile> Read(string fullPath, string path) => FilePart.Open(fullPath, path, (handle, length) =>
    {
        Span<byte> start = stackalloc byte[HeaderLength];
        var filled = FilePart.Fill(handle, start, 0);
        var magic = "GGUF"u8;
        if (!start[..Math.Min(filled, magic.Length)].SequenceEqual(magic[..Math.Min(filled, magic.Length)])) return FileReading<GgufFile>.Faulty(path, "it does not begin with GGUF", 0);
        if (filled < HeaderLength) return FileReading<GgufFile>.Short(path, $"it ends too early: it has {length} bytes", length);

        var version = BinaryPrimitives.ReadUInt32LittleEndian(start[magic.Length..]);
        // On machines of the other byte order the same numbers stand the other way round.
        if (version > ushort.MaxValue) version = BinaryPrimitives.ReverseEndianness(version);
        return version is > 0 and <= NewestVersion ? FileReading<GgufFile>.Of(new GgufFile(version)) : FileReading<GgufFile>.Faulty(path, $"it is of GGUF's unknown version {version}", magic.Length);
    });
}
