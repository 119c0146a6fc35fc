using System.Buffers.Binary;

namespace Podium.Checkpoints.Lightning;

/// <summary>The pickle opcodes that are told apart; the rest is passed over by its length.</summary>
internal enum Opcode : byte
{
    Mark = (byte)'(',
    Stop = (byte)'.',
    BinInt = (byte)'J',
    BinInt1 = (byte)'K',
    BinInt2 = (byte)'M',
    BinUnicode = (byte)'X',
    BinGet = (byte)'h',
    LongBinGet = (byte)'j',
    BinPut = (byte)'q',
    LongBinPut = (byte)'r',
    Long1 = 0x8a,
    ShortBinUnicode = 0x8c,
    BinUnicode8 = 0x8d,
    Memoize = 0x94,
    Frame = 0x95,
}

/// <summary>The argument of an opcode.</summary>
/// <param name="bytes">The argument's bytes, without their length.</param>
internal readonly ref struct OpcodeArgument(ReadOnlySpan<byte> bytes)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The argument as an unsigned number; 0 where it is longer than eight bytes.</summary>
    public ulong Unsigned
    {
        get
        {
            Span<byte> padded = stackalloc byte[sizeof(ulong)];
            if (Bytes.Length > padded.Length) return 0;
            padded.Clear();
            Bytes.CopyTo(padded);
            return BinaryPrimitives.ReadUInt64LittleEndian(padded);
        }
    }

    /// <summary>The argument as an unsigned or signed number, as its opcode has it; null where it does not fit.</summary>
    /// <param name="opcode">One of the four that stand for whole numbers.</param>
    public long? AsInteger(Opcode opcode)
    {
        if (Bytes.Length > sizeof(long)) return null;
        if (Bytes.IsEmpty) return 0;
        var unusedBits = 64 - 8 * Bytes.Length;
        var value = (long)Unsigned;
        // BININT and LONG1 are signed, the short ones are not.
        return opcode is Opcode.BinInt or Opcode.Long1 ? value << unusedBits >> unusedBits : value;
    }
}

/// <summary>Steps through the opcodes of a pickle (protocols 0 to 5), without doing what they say.</summary>
internal ref struct PickleOpcodes(ReadOnlySpan<byte> pickle)
{
    private ReadOnlySpan<byte> _rest = pickle;

    /// <summary>Takes the next opcode and its argument.</summary>
    /// <returns>False at the end, at an unknown opcode, and where the pickle ends inside an argument.</returns>
    public bool TryRead(out Opcode opcode, out OpcodeArgument argument)
    {
        opcode = Opcode.Stop;
        argument = default;
        if (_rest.IsEmpty) return false;
        var code = _rest[0];
        opcode = (Opcode)code;
        _rest = _rest[1..];
        return code switch
        {
            (byte)'.' => false,
            (byte)'(' or (byte)')' or (byte)'0' or (byte)'1' or (byte)'2' or (byte)'N' or (byte)'Q' or (byte)'R' or (byte)']' or (byte)'}' => true,
            (byte)'a' or (byte)'b' or (byte)'d' or (byte)'e' or (byte)'l' or (byte)'o' or (byte)'s' or (byte)'t' or (byte)'u' => true,
            0x81 or (>= 0x85 and <= 0x89) or (>= 0x8f and <= 0x94) or 0x97 or 0x98 => true,
            (byte)'K' or (byte)'h' or (byte)'q' or 0x80 or 0x82 => TryTake(1, out argument),
            (byte)'M' or 0x83 => TryTake(2, out argument),
            (byte)'J' or (byte)'j' or (byte)'r' or 0x84 => TryTake(4, out argument),
            (byte)'G' or 0x95 => TryTake(8, out argument),
            (byte)'U' or (byte)'C' or 0x8a or 0x8c => TryTakeCounted(1, out argument),
            (byte)'T' or (byte)'B' or (byte)'X' or 0x8b => TryTakeCounted(4, out argument),
            0x8d or 0x8e or 0x96 => TryTakeCounted(8, out argument),
            (byte)'F' or (byte)'I' or (byte)'L' or (byte)'P' or (byte)'S' or (byte)'V' or (byte)'g' or (byte)'p' => TrySkipLine(),
            (byte)'c' or (byte)'i' => TrySkipLine() && TrySkipLine(),
            _ => false,
        };
    }

    /// <summary>Whether an opcode takes everything down to the last mark from the stack.</summary>
    public static bool ClosesMark(Opcode opcode) => (byte)opcode is
        (byte)'1' or (byte)'d' or (byte)'e' or (byte)'i' or (byte)'l' or (byte)'o' or (byte)'t' or (byte)'u' or 0x90 or 0x91;

    private bool TryTakeCounted(ulong lengthOfCount, out OpcodeArgument argument) =>
        TryTake(lengthOfCount, out argument) && TryTake(argument.Unsigned, out argument);

    private bool TryTake(ulong length, out OpcodeArgument argument)
    {
        argument = default;
        if (length > (ulong)_rest.Length) return false;
        argument = new OpcodeArgument(_rest[..(int)length]);
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TrySkipLine()
    {
        var end = _rest.IndexOf((byte)'\n');
        if (end < 0) return false;
        _rest = _rest[(end + 1)..];
        return true;
    }
}
