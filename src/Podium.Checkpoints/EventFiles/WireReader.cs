using System.Buffers.Binary;

namespace Podium.Checkpoints.EventFiles;

/// <summary>How a Protocol Buffers field is written.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    StartGroup = 3,
    EndGroup = 4,
    Fixed32 = 5,
}

/// <summary>Walks through the fields of one Protocol Buffers message.</summary>
/// <remarks>
/// Google.Protobuf is the well-kept library for this, but its CodedInputStream is an object an event, on a copy of the
/// bytes, and makes a string of every tag; its parser needs generated classes and an object a message. A run of a million
/// points has a million events with the same dozen tags. What is read here is six fields of a format that cannot change,
/// so these lines do it without an allocation and keep the library out of the one-file program.
/// Nothing throws on bad input: a method returns false and sets <see cref="IsMalformed"/>.
/// </remarks>
internal ref struct WireReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>Whether the message ended or went wrong inside a field.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Takes the number and the type of the next field.</summary>
    /// <returns>False at the end of the message, and where it is malformed.</returns>
    public bool TryReadField(out int number, out WireType type)
    {
        number = 0;
        type = default;
        if (_rest.IsEmpty || !TryReadVarint(out var key)) return false;
        type = (WireType)(key & 7);
        // Field numbers go up to 2^29 − 1, so a key fits into 32 bits.
        if (key is < 8 or > uint.MaxValue) return Fail();
        number = (int)(key >> 3);
        return true;
    }

    /// <summary>Takes a base-128 number.</summary>
    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < Math.Min(10, _rest.Length); i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        return Fail();
    }

    /// <summary>Takes four bytes as a float.</summary>
    public bool TryReadFloat(out float value)
    {
        value = 0;
        if (!TryTake(sizeof(float), out var bytes)) return false;
        value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        return true;
    }

    /// <summary>Takes eight bytes as a double.</summary>
    public bool TryReadDouble(out double value)
    {
        value = 0;
        if (!TryTake(sizeof(double), out var bytes)) return false;
        value = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        return true;
    }

    /// <summary>Takes a string, a message or packed numbers.</summary>
    public bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!TryReadVarint(out var length)) return false;
        return length <= int.MaxValue ? TryTake((int)length, out bytes) : Fail();
    }

    /// <summary>Passes over a field's value.</summary>
    public bool TrySkip(WireType type) => type switch
    {
        WireType.Varint => TryReadVarint(out _),
        WireType.Fixed64 => TryTake(sizeof(ulong), out _),
        WireType.Fixed32 => TryTake(sizeof(uint), out _),
        WireType.Bytes => TryReadBytes(out _),
        // Groups were given up before this format was made.
        _ => Fail(),
    };

    private bool TryTake(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _rest.Length) return Fail();
        bytes = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    private bool Fail()
    {
        IsMalformed = true;
        // Nothing behind a fault can be told apart any more.
        _rest = default;
        return false;
    }
}
