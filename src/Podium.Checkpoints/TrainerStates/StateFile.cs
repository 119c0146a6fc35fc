using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>One <c>trainer_state.json</c> on disk, read no further than needed.</summary>
/// <param name="path">The file.</param>
/// <param name="size">Its size when it was found, which only tells where to begin.</param>
internal sealed class StateFile(string path, long size = 0)
{
    /// <summary>Larger files are no logs of a training: a run of ten million entries stays below.</summary>
    public const long LargestFile = 1L << 30;

    private const int HeadLength = 1024;
    private const int TailLength = 1536;
    private const int LongTailLength = 16 * 1024;

    // One a thread, for the ends of thousands of files.
    [ThreadStatic]
    private static byte[]? t_buffer;

    private byte[]? _rented;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>Its size in bytes when it was found.</summary>
    public long Size { get; } = size;

    /// <summary>What its ends say; null where they were not read, or did not tell enough.</summary>
    public StateEnds? Ends { get; private set; }

    /// <summary>The whole of it, if it was read.</summary>
    public TrainerState? Whole { get; private set; }

    /// <summary>Its bytes, from when it was read whole until <see cref="ReleaseText"/>.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>Why it could not be read.</summary>
    public ReadFault? Fault { get; private set; }

    /// <summary>Whether it was gone when it was to be read: rotated away, as trainers do.</summary>
    public bool Vanished { get; private set; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset ModifiedAt { get; private set; }

    /// <summary>What it says besides its log.</summary>
    public StateFacts? Facts => Whole?.Facts ?? Ends?.Facts;

    /// <summary>The length of its log in bytes, to the end of its last entry.</summary>
    public int LogLength => Whole?.LogLength ?? Ends?.LogLength ?? 0;

    /// <summary>Reads both ends, or all of it where that is no more, or where the ends do not tell enough.</summary>
    public void ReadEnds() => Attempt(handle =>
    {
        var length = RandomAccess.GetLength(handle);
        var buffer = t_buffer ??= new byte[HeadLength + LongTailLength];
        // The usual tail is short; reinforcement learning logs dozens of metrics an entry.
        Ends = ReadEnds(handle, length, TailLength, buffer);
        if (Ends is null && length > HeadLength + TailLength) Ends = ReadEnds(handle, length, LongTailLength, buffer);
        if (Ends is null) Parse(handle);
    });

    private static StateEnds? ReadEnds(SafeFileHandle handle, long length, int tailLength, byte[] buffer)
    {
        if (length <= HeadLength + tailLength)
        {
            var all = buffer.AsSpan(0, (int)length);
            return Fill(handle, all, 0) ? StateEnds.Read(all, all, 0) : null;
        }

        var head = buffer.AsSpan(0, HeadLength);
        var tail = buffer.AsSpan(HeadLength, tailLength);
        return Fill(handle, head, 0) && Fill(handle, tail, length - tailLength) ? StateEnds.Read(head, tail, length - tailLength) : null;
    }

    /// <summary>Reads all of it, unless that was done.</summary>
    public void ReadWhole()
    {
        if (Whole is null) Attempt(Parse);
    }

    /// <summary>Lets go of the bytes of the whole file; what still looks at them must not.</summary>
    public void ReleaseText()
    {
        Text = default;
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
    }

    /// <summary>Whether the log's bytes are the first ones of another log.</summary>
    public bool LogIsPrefixOf(ReadOnlyMemory<byte> log, byte[] buffer)
    {
        if (Ends is not { } ends || ends.LogLength > log.Length) return false;
        var same = false;
        Attempt(handle =>
        {
            same = true;
            for (var at = 0; same && at < ends.LogLength; at += buffer.Length)
            {
                var part = buffer.AsSpan(0, Math.Min(buffer.Length, ends.LogLength - at));
                same = Fill(handle, part, ends.LogStart + at) && part.SequenceEqual(log.Span.Slice(at, part.Length));
            }
        });
        return same;
    }

    private void Parse(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        if (length > LargestFile)
        {
            Fault = new ReadFault(Path, $"the file has {length} bytes; a trainer_state.json of more than {LargestFile} is not read");
            return;
        }

        ReleaseText();
        _rented = ArrayPool<byte>.Shared.Rent((int)length);
        // A file that has become shorter meanwhile ends too early.
        Text = _rented.AsMemory(0, Fill(handle, _rented.AsSpan(0, (int)length), 0) ? (int)length : 0);
        var result = TrainerStateParser.Parse(Text.Span, Path);
        Whole = result.Value;
        Fault = result.Fault;
        if (Whole is null) ReleaseText();
    }

    private void Attempt(Action<SafeFileHandle> read)
    {
        Fault = null;
        try
        {
            using var handle = SharedFile.Open(Path);
            ModifiedAt = new DateTimeOffset(handle is null ? File.GetLastWriteTimeUtc(Path) : File.GetLastWriteTimeUtc(handle));
            if (handle is null) Fault = new ReadFault(Path, "the file is empty") { EndedEarly = true };
            else read(handle);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            Vanished = true;
            Fault = new ReadFault(Path, "the file is gone");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fault = new ReadFault(Path, exception.Message);
        }
    }

    private static bool Fill(SafeFileHandle handle, Span<byte> target, long offset)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(handle, target, offset);
            if (read == 0) return false;
            target = target[read..];
            offset += read;
        }

        return true;
    }
}
