using System.Buffers.Binary;

namespace Podium.Checkpoints.Json;

/// <summary>Reads eight decimal digits in one register.</summary>
internal static class EightDigits
{
    private const ulong Zeros = 0x3030303030303030;
    private const ulong UpperHalves = 0xF0F0F0F0F0F0F0F0;

    /// <summary>Reads the first eight bytes of a text, if all of them are digits.</summary>
    /// <param name="text">At least eight bytes.</param>
    /// <param name="value">Their value.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        value = BinaryPrimitives.ReadUInt64LittleEndian(text);
        // A digit's upper half is 3, and still is with 6 added to it: '9' + 6 is the last of that half.
        if ((value & UpperHalves) != Zeros || ((value + 0x0606060606060606) & UpperHalves) != Zeros) return false;

        // Neighbours become pairs, pairs become fours, and those the number: the first digit stands in the lowest byte.
        value -= Zeros;
        value = value * 10 + (value >> 8);
        value = ((value & 0x000000FF000000FF) * 0x000F424000000064 + ((value >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
        return true;
    }

    /// <summary>How many of eight digits are left without the leading zeros.</summary>
    public static int CountSignificant(ulong value)
    {
        var count = 0;
        for (; value > 0; value /= 10) count++;
        return count;
    }
}
