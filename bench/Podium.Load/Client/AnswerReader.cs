using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Podium.Load.Client;

/// <summary>Reads an HTTP/1 answer as it comes: the status, and where the body ends.</summary>
internal sealed class AnswerReader
{
    private byte[] _buffer = new byte[32 * 1024];
    private int _filled;
    private int _head;
    private int _length;
    private bool _isChunked;

    public int Status { get; private set; }

    /// <summary>Whether the server ends the connection behind it.</summary>
    public bool IsLast { get; private set; }

    public bool IsWhole { get; private set; }

    public void Begin() => (_filled, _head, _length, _isChunked, Status, IsLast, IsWhole) = (0, 0, -1, false, 0, false, false);

    /// <summary>Where to read to next.</summary>
    public Memory<byte> Room()
    {
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        return _buffer.AsMemory(_filled);
    }

    /// <summary>Takes in that so many bytes came.</summary>
    /// <returns>False where the connection ended too early.</returns>
    public bool Received(int count)
    {
        if (count == 0)
        {
            // An answer of an unknown length ends with its connection.
            IsWhole = _head > 0 && _length < 0 && !_isChunked;
            return IsWhole;
        }

        _filled += count;
        if (_head == 0) ReadHead();
        if (_head == 0) return true;
        if (_isChunked) IsWhole = _buffer.AsSpan(0, _filled).EndsWith("0\r\n\r\n"u8) && ChunksEnd() is not null;
        else if (_length >= 0) IsWhole = _filled >= _head + _length;
        return true;
    }

    /// <summary>The body; of one that came in chunks, put together.</summary>
    public ReadOnlyMemory<byte> Body() => _isChunked ? _buffer.AsMemory(_head, ChunksEnd(together: true) ?? 0) : _buffer.AsMemory(_head, _filled - _head);

    private void ReadHead()
    {
        var bytes = _buffer.AsSpan(0, _filled);
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return;
        _head = end + 4;
        Status = Utf8Parser.TryParse(bytes["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;
        // A server of HTTP/1.0 ends it unless it says otherwise.
        IsLast = bytes.StartsWith("HTTP/1.0"u8);
        foreach (var range in bytes[..end].Split("\r\n"u8)) ReadField(bytes[range]);
        if (Status is 204 or 304) _length = 0;
    }

    private void ReadField(ReadOnlySpan<byte> line)
    {
        if (Has(line, "content-length:"u8) && Utf8Parser.TryParse(line["content-length:".Length..].TrimStart((byte)' '), out int length, out _)) _length = length;
        else if (Has(line, "transfer-encoding:"u8)) _isChunked = true;
        else if (Has(line, "connection:"u8)) IsLast = line.IndexOf("lose"u8) > 0;
    }

    private static bool Has(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) => line.Length > name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);

    /// <summary>Goes through the chunks.</summary>
    /// <returns>The body's length; null where the last one has not come.</returns>
    private int? ChunksEnd(bool together = false)
    {
        var (at, length) = (_head, 0);
        while (true)
        {
            var line = _buffer.AsSpan(at, _filled - at);
            var end = line.IndexOf("\r\n"u8);
            if (end < 0 || !int.TryParse(line[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size)) return null;
            if (size == 0) return length;
            if (end + 2 + size + 2 > line.Length) return null;
            if (together) line.Slice(end + 2, size).CopyTo(_buffer.AsSpan(_head + length));
            length += size;
            at += end + 2 + size + 2;
        }
    }
}
