using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Podium.Storage.Points;

/// <summary>The bytes of a packed stretch of a series: a byte for the format, the count, the sources, the steps, the values.</summary>
/// <remarks>
/// Numbers are in base 128, lowest first; of steps the distances stand, or once where all are the same; sources stand as runs;
/// values are as they are in memory of the usual byte order.
/// </remarks>
internal static class PointBlock
{
    /// <summary>How many points one has.</summary>
    public const int Length = 4096;

    private const byte EvenSteps = 1;
    private const byte AnySteps = 2;

    // The longest number takes ten bytes, and for each point there are at most two numbers, a source and a value.
    private const int MostBytesOfAPoint = 10 + 11 + sizeof(double);
    private const int MostBytesOfAHead = 1 + 3 * 10;

    public static byte[] Pack(ReadOnlySpan<long> steps, ReadOnlySpan<double> values, ReadOnlySpan<byte> sources)
    {
        var distance = steps.Length > 1 ? steps[1] - steps[0] : 1;
        var isEven = true;
        for (var i = 1; i < steps.Length && isEven; i++) isEven = steps[i] - steps[i - 1] == distance;

        var bytes = ArrayPool<byte>.Shared.Rent(MostBytesOfAHead + steps.Length * MostBytesOfAPoint);
        var place = 0;
        bytes[place++] = isEven ? EvenSteps : AnySteps;
        Write(bytes, ref place, (ulong)steps.Length);
        for (var i = 0; i < sources.Length;)
        {
            var run = sources[i..].IndexOfAnyExcept(sources[i]);
            if (run < 0) run = sources.Length - i;
            bytes[place++] = sources[i];
            Write(bytes, ref place, (ulong)run);
            i += run;
        }

        Write(bytes, ref place, (ulong)steps[0]);
        if (isEven) Write(bytes, ref place, (ulong)distance);
        else
            for (var i = 1; i < steps.Length; i++)
                Write(bytes, ref place, (ulong)(steps[i] - steps[i - 1]));

        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(place), value);
            place += sizeof(double);
        }

        var packed = bytes[..place];
        ArrayPool<byte>.Shared.Return(bytes);
        return packed;
    }

    /// <summary>Adds what is packed to points before it.</summary>
    /// <exception cref="InvalidDataException">These are no such bytes.</exception>
    public static void Unpack(ReadOnlySpan<byte> bytes, Winners into)
    {
        try
        {
            var place = 1;
            var count = checked((int)Read(bytes, ref place));
            if (bytes[0] is not (EvenSteps or AnySteps) || count is 0 || count > bytes.Length / sizeof(double)) throw NotABlock(null);
            into.Extend(count, out var steps, out var values, out var sources);
            for (var i = 0; i < count;)
            {
                var source = bytes[place++];
                var run = checked((int)Read(bytes, ref place));
                sources.Slice(i, run).Fill(source);
                // A run of none would be read for ever.
                i += run > 0 ? run : throw NotABlock(null);
            }

            var step = steps[0] = (long)Read(bytes, ref place);
            var distance = bytes[0] == EvenSteps ? (long)Read(bytes, ref place) : 0;
            for (var i = 1; i < count; i++) steps[i] = step += distance != 0 ? distance : (long)Read(bytes, ref place);

            ReadValues(bytes[place..], values);
        }
        catch (Exception failure) when (failure is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            throw NotABlock(failure);
        }
    }

    private static void ReadValues(ReadOnlySpan<byte> bytes, Span<double> values)
    {
        if (bytes.Length != values.Length * sizeof(double)) throw NotABlock(null);
        if (BitConverter.IsLittleEndian) bytes.CopyTo(MemoryMarshal.AsBytes(values));
        else
            for (var i = 0; i < values.Length; i++)
                values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
    }

    private static void Write(byte[] bytes, ref int place, ulong number)
    {
        for (; number >= 0x80; number >>= 7) bytes[place++] = (byte)(number | 0x80);
        bytes[place++] = (byte)number;
    }

    private static ulong Read(ReadOnlySpan<byte> bytes, ref int place)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[place++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return number;
            if (shift > 63) throw NotABlock(null);
        }
    }

    private static InvalidDataException NotABlock(Exception? inner) => new("A packed stretch of a series cannot be read. Deleting the rows of point_blocks mends that.", inner);
}
