using System.Buffers;
using System.Text;

namespace Podium.Server.Logs;

/// <summary>Cuts a log into lines, from any line on. Of a line that is very long it keeps the beginning alone.</summary>
internal sealed class LogLineReader(Stream file)
{
    /// <summary>The most characters of a line.</summary>
    public const int LongestLine = 16 * 1024;

    // So many characters have at most so many bytes.
    private const int LongestBytes = 3 * LongestLine;

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private bool _endsInReturn;

    /// <summary>Passes over lines.</summary>
    public void Skip(long lines)
    {
        for (; lines > 0 && TryTake(isKept: false); lines--) { }
    }

    /// <summary>Reads the next line.</summary>
    /// <returns>Null at the end.</returns>
    public string? Read()
    {
        if (!TryTake(isKept: true)) return null;
        var text = Encoding.UTF8.GetString(_line.WrittenSpan);
        return text.Length <= LongestLine ? text : text[..LongestLine];
    }

    private bool TryTake(bool isKept)
    {
        _line.ResetWrittenCount();
        var isThere = false;
        while (true)
        {
            if (_start == _end && !Fill()) return isThere;
            if (_endsInReturn && _buffer[_start] == '\n')
            {
                _start++;
                _endsInReturn = false;
                continue;
            }

            _endsInReturn = false;
            isThere = true;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var part = length < 0 ? rest : rest[..length];
            if (isKept && _line.WrittenCount < LongestBytes) _line.Write(part[..Math.Min(part.Length, LongestBytes - _line.WrittenCount)]);
            _start += part.Length;
            if (length < 0) continue;
            _endsInReturn = _buffer[_start++] == '\r';
            return true;
        }
    }

    private bool Fill()
    {
        var isFirst = file.Position == 0;
        (_start, _end) = (0, file.Read(_buffer));
        // A mark of the encoding is no part of the first line.
        if (isFirst && _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble)) _start = Encoding.UTF8.Preamble.Length;
        return _end > _start;
    }
}
