using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Following;

/// <summary>A log that is read on from where the last reading ended, for as long as it is the same file.</summary>
/// <remarks>
/// A file that has become shorter, or whose first or last bytes read so far are others now, was written anew: it is read
/// from its start.
/// </remarks>
/// <param name="path">The file.</param>
internal sealed class GrowingFile(string path)
{
    private const int MarkLength = 64;

    private byte[] _head = [];
    private byte[] _tail = [];
    private long _position;

    /// <summary>When it was last written, as of the last reading.</summary>
    public DateTimeOffset WrittenAt { get; private set; }

    /// <summary>Reads what is new.</summary>
    /// <param name="restart">Forgets what was read: the file was written anew.</param>
    /// <param name="read">Reads from the stream and says how many bytes it has used up; the rest is not whole yet, and comes again.</param>
    /// <returns>Why it cannot be read; null where it can. One that is gone has nothing new.</returns>
    public ReadFault? ReadOn(Action restart, Func<Stream, long> read)
    {
        try
        {
            using var handle = SharedFile.Open(path);
            WrittenAt = new DateTimeOffset(handle is null ? File.GetLastWriteTimeUtc(path) : File.GetLastWriteTimeUtc(handle));
            using var stream = handle is null ? Stream.Null : new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!IsSame(stream))
            {
                _position = 0;
                restart();
            }

            if (stream.Length == _position) return null;
            stream.Position = _position;
            _position += read(stream);
            _head = Bytes(stream, 0, Math.Min(MarkLength, _position));
            _tail = Bytes(stream, Math.Max(0, _position - MarkLength), Math.Min(MarkLength, _position));
            return null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // How much of it was taken in is not known.
            (_position, _head, _tail) = (0, [], []);
            restart();
            return new ReadFault(path, exception.Message);
        }
    }

    private bool IsSame(Stream stream) =>
        stream.Length >= _position
        && Bytes(stream, 0, _head.Length).AsSpan().SequenceEqual(_head)
        && Bytes(stream, _position - _tail.Length, _tail.Length).AsSpan().SequenceEqual(_tail);

    private static byte[] Bytes(Stream stream, long offset, long length)
    {
        var bytes = new byte[length];
        stream.Position = offset;
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
