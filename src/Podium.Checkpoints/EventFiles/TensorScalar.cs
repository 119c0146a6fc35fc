using System.Buffers.Binary;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Reads a <c>TensorProto</c> that holds a single floating-point number, as TensorFlow 2 writes scalars.</summary>
internal static class TensorScalar
{
    private const int DataType = 1;
    private const int Content = 4;
    private const int FloatValues = 5;
    private const int DoubleValues = 6;
    private const ulong Float = 1;
    private const ulong Double = 2;

    /// <summary>Reads a tensor.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="scalar">The number; null where the tensor is text, of another type, or not of one element.</param>
    /// <returns>False where the message is malformed.</returns>
    public static bool TryRead(ReadOnlySpan<byte> message, out double? scalar)
    {
        scalar = null;
        var dataType = 0UL;
        var unpacked = 0;
        ReadOnlySpan<byte> content = default, floats = default, doubles = default;
        var fields = new WireReader(message);
        while (fields.TryReadField(out var number, out var type))
        {
            switch (number, type)
            {
                case (DataType, WireType.Varint): fields.TryReadVarint(out dataType); break;
                case (Content, WireType.Bytes): fields.TryReadBytes(out content); break;
                case (FloatValues, WireType.Bytes): fields.TryReadBytes(out floats); break;
                case (DoubleValues, WireType.Bytes): fields.TryReadBytes(out doubles); break;
                // Old writers do not pack a repeated field; a scalar has it once.
                case (FloatValues, WireType.Fixed32):
                    if (fields.TryReadFloat(out var single)) scalar = single;
                    unpacked++;
                    break;
                case (DoubleValues, WireType.Fixed64):
                    if (fields.TryReadDouble(out var number64)) scalar = number64;
                    unpacked++;
                    break;
                default: fields.TrySkip(type); break;
            }
        }

        if (fields.IsMalformed) return false;
        var packed = !content.IsEmpty ? content : dataType == Float ? floats : doubles;
        scalar = (dataType, packed.Length) switch
        {
            (Float, sizeof(float)) => BinaryPrimitives.ReadSingleLittleEndian(packed),
            (Double, sizeof(double)) => BinaryPrimitives.ReadDoubleLittleEndian(packed),
            (Float or Double, 0) when unpacked == 1 => scalar,
            _ => null,
        };
        return true;
    }
}
