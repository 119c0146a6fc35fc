using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>Reads the header of a safetensors file and holds it against the file's length.</summary>
internal static class SafetensorsFile
{
    /// <summary>The library that loads them reads no longer header.</summary>
    public const int LongestHeader = 100_000_000;

    private const int LengthOfLength = sizeof(ulong);
    private const int FirstRead = 16 * 1024;

    // One a thread, for the headers of thousands of files.
    [ThreadStatic]
    private static byte[]? t_buffer;

    /// <summary>Reads a file.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As faults name it: relative to the checkpoint.</param>
    /// <param name="cache">The headers of the folder's other checkpoints.</param>
    public static FileReading<SafetensorsHeader> Read(string fullPath, string path, HeaderCache cache) =>
        FilePart.Open(fullPath, path, (handle, length) => Read(handle, length, path, cache));

    private static FileReading<SafetensorsHeader> Read(SafeFileHandle handle, long length, string path, HeaderCache cache)
    {
        var likely = cache.LikelyLength(path);
        var first = likely == 0 ? FirstRead : LengthOfLength + likely;
        var buffer = Buffer(first, []);
        var filled = FilePart.Fill(handle, buffer.AsSpan(0, first), 0);
        if (filled < LengthOfLength) return FileReading<SafetensorsHeader>.Short(path, $"it ends too early: it has {length} bytes, and the length of its header alone takes 8", length);

        var announced = BinaryPrimitives.ReadUInt64LittleEndian(buffer);
        if (announced > LongestHeader) return FileReading<SafetensorsHeader>.Faulty(path, $"it announces a header of {announced} bytes, more than any has", 0);
        var headerLength = (int)announced;
        var dataStart = LengthOfLength + headerLength;
        if (length < dataStart) return FileReading<SafetensorsHeader>.Short(path, $"it ends too early: at least {dataStart - length} bytes of its header are missing", length);
        if (filled < dataStart)
        {
            buffer = Buffer(dataStart, buffer.AsSpan(0, filled));
            filled += FilePart.Fill(handle, buffer.AsSpan(filled, dataStart - filled), filled);
            if (filled < dataStart) return FileReading<SafetensorsHeader>.Short(path, "it became shorter while it was read", filled);
        }

        var text = buffer.AsSpan(LengthOfLength, headerLength);
        var header = cache.Find(path, text);
        if (header is null)
        {
            header = SafetensorsParser.Parse(text, out var error);
            if (header is null) return FileReading<SafetensorsHeader>.Faulty(path, error!);
            header = cache.Add(path, header);
        }

        return Compare(header, (ulong)(length - dataStart), path);
    }

    private static FileReading<SafetensorsHeader> Compare(SafetensorsHeader header, ulong data, string path)
    {
        if (data < header.DataLength) return FileReading<SafetensorsHeader>.Short(path, $"it ends too early: {header.DataLength - data} bytes of {header.DataLength} are missing");
        if (data > header.DataLength) return FileReading<SafetensorsHeader>.Faulty(path, $"it has {data - header.DataLength} bytes more than its header says");
        return header.FormatFault is { } fault && IsTransformers(path) ? FileReading<SafetensorsHeader>.Faulty(path, fault) : FileReading<SafetensorsHeader>.Of(header);
    }

    /// <summary>Whether the name is one under which Transformers and PEFT save.</summary>
    private static bool IsTransformers(string path) =>
        path.AsSpan(path.LastIndexOf('/') + 1) is var name && (name.StartsWith("model", StringComparison.Ordinal) || name.StartsWith("adapter_model", StringComparison.Ordinal));

    private static byte[] Buffer(int atLeast, ReadOnlySpan<byte> content)
    {
        if (t_buffer is { } old && old.Length >= atLeast) return old;
        var grown = new byte[atLeast];
        content.CopyTo(grown);
        // One giant among many is not kept.
        if (atLeast <= 1 << 20) t_buffer = grown;
        return grown;
    }
}
