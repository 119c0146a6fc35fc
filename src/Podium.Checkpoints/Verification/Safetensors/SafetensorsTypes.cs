namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>The element types that safetensors knows.</summary>
internal static class SafetensorsTypes
{
    /// <summary>The bits of an element; 0 where there is no such type.</summary>
    /// <param name="name">As a header spells it.</param>
    public static int Bits(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("F32"u8) || name.SequenceEqual("I32"u8) || name.SequenceEqual("U32"u8) => 32,
        _ when name.SequenceEqual("F16"u8) || name.SequenceEqual("BF16"u8) || name.SequenceEqual("I16"u8) || name.SequenceEqual("U16"u8) => 16,
        _ when name.SequenceEqual("F64"u8) || name.SequenceEqual("I64"u8) || name.SequenceEqual("U64"u8) || name.SequenceEqual("C64"u8) => 64,
        _ when name.SequenceEqual("BOOL"u8) || name.SequenceEqual("U8"u8) || name.SequenceEqual("I8"u8) => 8,
        _ when name.StartsWith("F8_"u8) => IsEightBitFloat(name[3..]) ? 8 : 0,
        _ when name.SequenceEqual("F6_E2M3"u8) || name.SequenceEqual("F6_E3M2"u8) => 6,
        _ when name.SequenceEqual("F4"u8) => 4,
        _ => 0,
    };

    private static bool IsEightBitFloat(ReadOnlySpan<byte> layout) =>
        layout.SequenceEqual("E4M3"u8) || layout.SequenceEqual("E5M2"u8) || layout.SequenceEqual("E8M0"u8)
        || layout.SequenceEqual("E4M3FNUZ"u8) || layout.SequenceEqual("E5M2FNUZ"u8);
}
