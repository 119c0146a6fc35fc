using System.Buffers;

namespace Podium.Server.Logs;

/// <summary>Where in a log which line is, as far as it was read: what has been counted once is not counted again.</summary>
/// <remarks>
/// A line ends as <see cref="TextReader.ReadLine"/> sees it. A file that has become shorter, or whose first or last bytes are others now, was
/// written anew, and is counted from its start.
/// </remarks>
internal sealed class LineIndex
{
    private const int BlockBytes = 1 << 20;
    private const int MarkLength = 64;

    private readonly Lock _lock = new();
    private LogBlock[] _blocks = [new(0, 0)];
    private long _ends;
    private long _position;
    private bool _isOpen;
    private bool _endsInReturn;
    private byte[] _head = [];
    private byte[] _tail = [];

    /// <summary>Counts what is new in the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellation">Ends the counting; what was counted stays.</param>
    public LogShape Bring(Stream file, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (!IsSame(file)) (_blocks, _ends, _position, _isOpen, _endsInReturn) = ([new(0, 0)], 0, 0, false, false);
            if (file.Length > _position)
            {
                try
                {
                    Count(file, cancellation);
                }
                finally
                {
                    _head = Bytes(file, 0, Math.Min(MarkLength, _position));
                    _tail = Bytes(file, Math.Max(0, _position - MarkLength), Math.Min(MarkLength, _position));
                }
            }

            return new LogShape(_blocks, _ends + (_isOpen ? 1 : 0));
        }
    }

    private void Count(Stream file, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        List<LogBlock> blocks = [.. _blocks];
        try
        {
            file.Position = _position;
            for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
            {
                Count(buffer.AsSpan(0, read), blocks);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _blocks = [.. blocks];
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Count(ReadOnlySpan<byte> bytes, List<LogBlock> blocks)
    {
        // The other half of a line end that was counted with the bytes before.
        if (_endsInReturn && bytes[0] == '\n')
        {
            bytes = bytes[1..];
            _position++;
        }

        _endsInReturn = false;
        while (!bytes.IsEmpty)
        {
            var length = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0)
            {
                _position += bytes.Length;
                _isOpen = true;
                return;
            }

            var end = length + 1;
            if (bytes[length] == '\r')
            {
                _endsInReturn = end == bytes.Length;
                if (end < bytes.Length && bytes[end] == '\n') end++;
            }

            _position += end;
            _ends++;
            _isOpen = false;
            // Never between the two halves of a line end.
            if (!_endsInReturn && _position - blocks[^1].Offset >= BlockBytes) blocks.Add(new LogBlock(_position, _ends));
            bytes = bytes[end..];
        }
    }

    private bool IsSame(Stream file) =>
        file.Length >= _position
        && Bytes(file, 0, _head.Length).AsSpan().SequenceEqual(_head)
        && Bytes(file, _position - _tail.Length, _tail.Length).AsSpan().SequenceEqual(_tail);

    private static byte[] Bytes(Stream file, long offset, long length)
    {
        var bytes = new byte[length];
        file.Position = offset;
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}

/// <summary>A part of a log of about a megabyte.</summary>
/// <param name="Offset">Where it begins, in bytes; a line begins there.</param>
/// <param name="Before">How many lines stand before it.</param>
internal readonly record struct LogBlock(long Offset, long Before);

/// <summary>How a log lies in its file.</summary>
/// <param name="Blocks">Its parts, at least one.</param>
/// <param name="Lines">How many lines it has.</param>
internal sealed record LogShape(IReadOnlyList<LogBlock> Blocks, long Lines)
{
    /// <summary>The part that has a line.</summary>
    /// <param name="line">The line, from 0.</param>
    public int BlockOf(long line)
    {
        var (low, high) = (0, Blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Blocks[middle].Before <= line) low = middle;
            else high = middle - 1;
        }

        return low;
    }
}
