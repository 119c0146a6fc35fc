using System.Buffers.Binary;

namespace Podium.Checkpoints.Verification.Torch;

/// <summary>Where the directory of a zip file lies.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct ZipDirectory(ulong Entries, ulong Start, ulong Length)
{
    private const uint EndSignature = 0x06054b50;
    private const uint Zip64EndSignature = 0x06064b50;
    private const uint Zip64LocatorSignature = 0x07064b50;
    private const int EndLength = 22;
    private const int Zip64EndLength = 56;
    private const int Zip64LocatorLength = 20;

    // Enough for the directory of a small file, and to search behind a comment no one writes.
    private const int FirstLook = 16 * 1024;
    private const int LastLook = EndLength + ushort.MaxValue;

    /// <summary>Finds the directory by the record at the file's end.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="hasEnd">Whether there is such a record; without one the file ends before it.</param>
    /// <returns>Null where there is none, or where it contradicts the file.</returns>
    public static ZipDirectory? Find(ZipBytes bytes, out bool hasEnd)
    {
        var end = FindEnd(bytes, FirstLook) ?? FindEnd(bytes, LastLook);
        hasEnd = end is not null;
        if (end is not { } at) return null;

        var record = bytes.At(at, EndLength);
        var directory = new ZipDirectory(
            BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]));
        if (BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) != 0 || BinaryPrimitives.ReadUInt16LittleEndian(record[8..]) != directory.Entries) return null;
        if (directory.Entries == ushort.MaxValue || directory.Start == uint.MaxValue || directory.Length == uint.MaxValue)
        {
            if (Find64(bytes, at) is not { } large) return null;
            (directory, at) = large;
        }

        return directory.Start <= (ulong)at && directory.Length <= (ulong)at - directory.Start ? directory : null;
    }

    private static long? FindEnd(ZipBytes bytes, int look)
    {
        var start = Math.Max(0, bytes.Length - look);
        var tail = bytes.At(start, look);
        for (var i = tail.Length - EndLength; i >= 0; i--)
        {
            // The comment's length must lead to the file's end, or the four bytes stand there by chance.
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[i..]) == EndSignature && i + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail[(i + 20)..]) == tail.Length)
                return start + i;
        }

        return null;
    }

    private static (ZipDirectory Directory, long At)? Find64(ZipBytes bytes, long end)
    {
        var locator = bytes.At(end - Zip64LocatorLength, Zip64LocatorLength);
        if (locator.Length < Zip64LocatorLength || BinaryPrimitives.ReadUInt32LittleEndian(locator) != Zip64LocatorSignature) return null;
        var at = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (at > (ulong)end) return null;
        var record = bytes.At((long)at, Zip64EndLength);
        if (record.Length < Zip64EndLength || BinaryPrimitives.ReadUInt32LittleEndian(record) != Zip64EndSignature) return null;
        var directory = new ZipDirectory(
            BinaryPrimitives.ReadUInt64LittleEndian(record[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(record[40..]));
        return (directory, (long)at);
    }
}
