namespace Podium.Checkpoints.LlamaFactory;

/// <summary>Cuts a stream of bytes into lines, through one buffer.</summary>
/// <remarks>Holds one line, of at most <see cref="LongestLine"/> bytes.</remarks>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The longest line, in bytes; a log's lines take some two hundred.</summary>
    public const int LongestLine = 1 << 20;

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _next;

    /// <summary>The line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Where the line begins, in bytes from the start of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether the line ends with a line end; if not, its writer may not have finished it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether the line is longer than <see cref="LongestLine"/>; then nothing behind it can be read.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its line feed, valid until the next call; a carriage return stays.</param>
    /// <returns>False at the end of the file, and where the line is too long.</returns>
    /// <exception cref="IOException">The stream failed.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        Offset = _next;
        Number++;
        for (var searched = 0; ;)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = Take(searched + length, ends: 1);
                return true;
            }

            searched = _end - _start;
            if (searched > LongestLine)
            {
                IsTooLong = true;
                return false;
            }

            if (Fill()) continue;
            line = Take(searched, ends: 0);
            return searched > 0;
        }
    }

    private ReadOnlySpan<byte> Take(int length, int ends)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += length + ends;
        _next += length + ends;
        IsWhole = ends > 0;
        return line;
    }

    private bool Fill()
    {
        var kept = _buffer.AsSpan(_start, _end - _start);
        if (kept.Length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        kept.CopyTo(_buffer);
        _start = 0;
        _end = kept.Length;
        var read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }
}
