using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Podium.Checkpoints.Json;

/// <summary>Walks forward through JSON as Python writes it: with bare <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
/// <remarks>
/// The framework's reader rejects those words, which are in real files. Nothing here throws on bad input: a method
/// that cannot go on returns false and leaves <see cref="Error"/> and <see cref="Position"/>, where the fault is. After
/// that, no method may be called. Bytes that are no UTF-8 are tolerated inside strings.
/// </remarks>
internal ref struct JsonCursor
{
    /// <summary>How deep values may be nested.</summary>
    public const int MaxDepth = 128;

    private const string Ended = "the file ends too early";

    private readonly ReadOnlySpan<byte> _text;

    /// <summary>Begins at an offset; a byte order mark at the start of the text is passed over.</summary>
    public JsonCursor(ReadOnlySpan<byte> text, int position = 0)
    {
        _text = text;
        Position = position == 0 && text.StartsWith("\uFEFF"u8) ? 3 : position;
    }

    /// <summary>The offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>What is wrong at <see cref="Position"/>; null while nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the text ended where it had to go on.</summary>
    public readonly bool EndedEarly => ReferenceEquals(Error, Ended);

    /// <summary>The next byte that is no white space; 0 at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Peek()
    {
        var position = Position;
        if ((uint)position < (uint)_text.Length && _text[position] > ' ') return _text[position];
        return PeekBehindSpace();
    }

    /// <summary>Takes one byte of punctuation, if it comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(byte punctuation)
    {
        if (Peek() != punctuation) return false;
        Position++;
        return true;
    }

    /// <summary>Takes one byte of punctuation, which must come next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte punctuation) => TryTake(punctuation) || Fail($"'{(char)punctuation}' is expected here");

    /// <summary>Takes a key and the colon behind it.</summary>
    /// <param name="raw">The key between its quotes, escapes as they stand.</param>
    public bool ReadKey(out ReadOnlySpan<byte> raw) => ReadString(out raw) && Take((byte)':');

    /// <summary>Takes a key and the colon behind it, if it is the one that is expected, written as it was before.</summary>
    /// <param name="quoted">The key in its quotes, with the colon.</param>
    public bool TryTakeKey(ReadOnlySpan<byte> quoted)
    {
        Peek();
        if (!_text[Position..].StartsWith(quoted)) return false;
        Position += quoted.Length;
        return true;
    }

    /// <summary>Takes a string.</summary>
    /// <param name="raw">What stands between its quotes, escapes as they stand (see <see cref="Decode"/>).</param>
    public bool ReadString(out ReadOnlySpan<byte> raw)
    {
        raw = default;
        if (Peek() != (byte)'"') return Fail("a string is expected here");
        var start = Position + 1;
        for (var from = start; ;)
        {
            var length = _text[from..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0 || from + length + 1 >= _text.Length && _text[from + length] == (byte)'\\')
            {
                Position = _text.Length;
                return Fail(Ended);
            }

            if (_text[from + length] == (byte)'"')
            {
                raw = _text[start..(from + length)];
                Position = from + length + 1;
                return true;
            }

            from += length + 2;
        }
    }

    /// <summary>Whether a number comes next, or one of the words that stand for one.</summary>
    public bool IsNumberNext() => Peek() is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'N' or (byte)'I';

    /// <summary>Takes a number, <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>.</summary>
    /// <param name="value">The nearest double.</param>
    public bool ReadNumber(out double value)
    {
        Peek();
        var rest = _text[Position..];
        var length = JsonNumber.Read(rest, out value);
        if (length == 0) return ReadWordNumber(rest, out value);
        Position += length;
        // A number at the very end may go on in what is not written yet.
        return Position < _text.Length || Fail(Ended);
    }

    /// <summary>Passes over a value of any kind.</summary>
    public bool SkipValue()
    {
        // One bit a level: whether it is an object.
        UInt128 objects = 0;
        var depth = 0;
        while (true)
        {
            var opens = Peek();
            if (opens is (byte)'{' or (byte)'[')
            {
                if (depth == MaxDepth) return Fail($"values are nested deeper than {MaxDepth} levels");
                Position++;
                var isObject = opens == (byte)'{';
                if (!TryTake(isObject ? (byte)'}' : (byte)']'))
                {
                    depth++;
                    objects = (objects << 1) | (isObject ? 1u : 0u);
                    if (isObject && !ReadKey(out _)) return false;
                    continue;
                }
            }
            else if (!SkipScalar(opens))
            {
                return false;
            }

            for (var more = false; !more;)
            {
                if (depth == 0) return true;
                var inObject = (objects & 1) == 1;
                more = TryTake((byte)',');
                if (more && inObject && !ReadKey(out _)) return false;
                if (more) continue;
                if (!Take(inObject ? (byte)'}' : (byte)']')) return false;
                depth--;
                objects >>= 1;
            }
        }
    }

    private bool SkipScalar(byte first) => first switch
    {
        (byte)'"' => ReadString(out _),
        (byte)'t' or (byte)'f' or (byte)'n' => ReadWord(),
        _ => ReadNumber(out _),
    };

    /// <summary>Takes <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public bool ReadWord() => Peek() switch
    {
        (byte)'t' => TakeWord("true"u8),
        (byte)'f' => TakeWord("false"u8),
        (byte)'n' => TakeWord("null"u8),
        _ => Fail("a value is expected here"),
    };

    /// <summary>The bytes from an offset to <see cref="Position"/>.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _text[start..Position];

    /// <summary>Notes that the text cannot be read on from here.</summary>
    /// <returns>Always false.</returns>
    public bool Fail(string message) => Fail(message, endedEarly: Position >= _text.Length);

    private bool Fail(string message, bool endedEarly)
    {
        Error ??= endedEarly ? Ended : message;
        return false;
    }

    /// <summary>What a string's raw bytes say.</summary>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw);
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || ++i == text.Length)
            {
                decoded.Append(text[Math.Min(i, text.Length - 1)]);
            }
            else if (text[i] == 'u' && i + 4 < text.Length && ushort.TryParse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, null, out var unit))
            {
                decoded.Append((char)unit);
                i += 4;
            }
            else
            {
                decoded.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var itself => itself });
            }
        }

        return decoded.ToString();
    }

    private bool ReadWordNumber(ReadOnlySpan<byte> rest, out double value)
    {
        value = double.NaN;
        if (rest is [(byte)'N', ..]) return TakeWord("NaN"u8);
        value = double.PositiveInfinity;
        if (rest is [(byte)'I', ..]) return TakeWord("Infinity"u8);
        value = double.NegativeInfinity;
        if (rest is [(byte)'-', (byte)'I', ..]) return TakeWord("-Infinity"u8);
        return Fail("a value is expected here", endedEarly: AllNumberBytes(rest));
    }

    private bool TakeWord(ReadOnlySpan<byte> word)
    {
        var rest = _text[Position..];
        if (!rest.StartsWith(word)) return Fail("a value is expected here", endedEarly: word.StartsWith(rest));
        Position += word.Length;
        return true;
    }

        private static bool AllNumberBytes(ReadOnlySpan<byte> text)
    {
        foreach (var one in text)
            if (one is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E'))
                return false;

        return true;
    }

    private byte PeekBehindSpace()
    {
        var position = Position;
        while (position < _text.Length)
        {
            var next = _text[position];
            if (next is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                Position = position;
                return next;
            }

            position++;
            // Lines are indented by runs of spaces: eight at a time, and the first byte that is none ends them.
            while (position + 8 <= _text.Length)
            {
                var others = BinaryPrimitives.ReadUInt64LittleEndian(_text[position..]) ^ 0x2020202020202020;
                position += BitOperations.TrailingZeroCount(others) / 8;
                if (others != 0) break;
            }
        }

        Position = position;
        return 0;
    }
}
