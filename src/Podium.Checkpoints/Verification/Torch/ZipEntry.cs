using System.Buffers.Binary;

namespace Podium.Checkpoints.Verification.Torch;

/// <summary>An entry of a zip file's directory.</summary>
/// <param name="name">Its name, as it stands in the directory.</param>
/// <param name="isStored">Whether its bytes are not packed.</param>
/// <param name="packed">Its bytes in the file.</param>
/// <param name="start">Where its own header stands.</param>
internal readonly ref struct ZipEntry(ReadOnlySpan<byte> name, bool isStored, ulong packed, ulong start)
{
    private const uint Signature = 0x02014b50;
    private const uint OwnSignature = 0x04034b50;
    private const int HeaderLength = 46;
    private const int OwnHeaderLength = 30;
    private const ushort Zip64Extra = 1;

    public ReadOnlySpan<byte> Name { get; } = name;

    public bool IsStored { get; } = isStored;

    public ulong Packed { get; } = packed;

    public ulong Start { get; } = start;

    /// <summary>Takes the next entry of a directory.</summary>
    /// <returns>False where it is none, or ends outside the directory.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> directory, out ZipEntry entry)
    {
        entry = default;
        if (directory.Length < HeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(directory) != Signature) return false;
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]), extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
        var all = HeaderLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
        if (directory.Length < all) return false;

        var isStored = BinaryPrimitives.ReadUInt16LittleEndian(directory[10..]) == 0;
        ulong packed = BinaryPrimitives.ReadUInt32LittleEndian(directory[20..]), unpacked = BinaryPrimitives.ReadUInt32LittleEndian(directory[24..]);
        ulong start = BinaryPrimitives.ReadUInt32LittleEndian(directory[42..]);
        if (!TakeLarge(directory.Slice(HeaderLength + nameLength, extraLength), ref unpacked, ref packed, ref start)) return false;
        if (isStored && packed != unpacked) return false;
        entry = new ZipEntry(directory.Slice(HeaderLength, nameLength), isStored, packed, start);
        directory = directory[all..];
        return true;
    }

    /// <summary>Where its bytes begin, by its own header; null where that contradicts the directory or they end behind the limit.</summary>
    public ulong? DataStart(ZipBytes bytes, ulong limit)
    {
        var least = (ulong)(OwnHeaderLength + Name.Length);
        if (Start > limit || limit - Start < least) return null;
        var own = bytes.At((long)Start, (int)least);
        if (own.Length < (int)least || BinaryPrimitives.ReadUInt32LittleEndian(own) != OwnSignature) return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(own[26..]) != Name.Length || !own[OwnHeaderLength..].SequenceEqual(Name)) return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(own[8..]) == 0 != IsStored) return null;
        var data = Start + least + BinaryPrimitives.ReadUInt16LittleEndian(own[28..]);
        return data <= limit && Packed <= limit - data ? data : null;
    }

    /// <summary>Numbers that fit no 32 bits stand in an extra field, in this order, only those that need it.</summary>
    private static bool TakeLarge(ReadOnlySpan<byte> extra, ref ulong unpacked, ref ulong packed, ref ulong start)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (extra.Length - 4 < length) return false;
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id == Zip64Extra) return TakeLargeOne(ref field, ref unpacked) && TakeLargeOne(ref field, ref packed) && TakeLargeOne(ref field, ref start);
        }

        return unpacked != uint.MaxValue && packed != uint.MaxValue && start != uint.MaxValue;
    }

    private static bool TakeLargeOne(ref ReadOnlySpan<byte> field, ref ulong number)
    {
        if (number != uint.MaxValue) return true;
        if (field.Length < sizeof(ulong)) return false;
        number = BinaryPrimitives.ReadUInt64LittleEndian(field);
        field = field[sizeof(ulong)..];
        return true;
    }
}
