using System.Buffers.Binary;
using System.Numerics;

namespace Podium.Checkpoints.EventFiles;

/// <summary>The checksum of a TFRecord frame: CRC-32C, turned and shifted so that a checksum of checksums stays sound.</summary>
internal static class MaskedCrc32C
{
    /// <summary>What a checksum over several pieces begins with.</summary>
    public const uint Seed = uint.MaxValue;

    /// <summary>The masked checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> data) => Finish(Append(Seed, data));

    /// <summary>Takes in the next piece.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var one in data) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }

    /// <summary>The masked checksum of all pieces.</summary>
    public static uint Finish(uint crc) => BitOperations.RotateRight(~crc, 15) + 0xa282ead8u;
}
