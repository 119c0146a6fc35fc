using System.Buffers;
using System.Buffers.Binary;

namespace Podium.Checkpoints.EventFiles;

/// <summary>What came next in a file of TFRecord frames.</summary>
internal enum RecordStatus
{
    /// <summary>A whole record with sound checksums.</summary>
    Record,

    /// <summary>A whole, sound record that is too long to hold scalars; its bytes were not kept.</summary>
    Oversized,

    /// <summary>The file ends behind the record before.</summary>
    End,

    /// <summary>The file ends inside a record, as it does while its writer lives.</summary>
    HalfWritten,

    /// <summary>The checksum of a record's length is wrong: where the next one begins is not known.</summary>
    BadLength,

    /// <summary>The checksum of a record's data is wrong.</summary>
    BadData,
}

/// <summary>Reads TFRecord frames one by one, through one buffer: uint64 length, checksum, data, checksum.</summary>
/// <remarks>Holds at most one record of <see cref="LongestRecord"/> bytes, however long the file is.</remarks>
internal sealed class RecordReader(Stream stream) : IDisposable
{
    /// <summary>The longest record whose bytes are kept. Scalars take some fifty bytes; only images and graphs are this long.</summary>
    public const int LongestRecord = 16 << 20;

    private const int HeaderLength = sizeof(ulong) + sizeof(uint);
    private const int FooterLength = sizeof(uint);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private long _next;

    /// <summary>Where the record that was read last begins, in bytes from the start of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="data">Its data, valid until the next call; empty for every status but <see cref="RecordStatus.Record"/>.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public RecordStatus Read(out ReadOnlySpan<byte> data)
    {
        data = default;
        Offset = _next;
        if (!Fill(HeaderLength)) return _start == _end ? RecordStatus.End : RecordStatus.HalfWritten;

        var header = _buffer.AsSpan(_start, HeaderLength);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]) != MaskedCrc32C.Compute(header[..sizeof(ulong)])) return RecordStatus.BadLength;

        if (length > LongestRecord)
        {
            Advance(HeaderLength);
            return PassOver(length);
        }

        var whole = HeaderLength + (int)length + FooterLength;
        if (!Fill(whole)) return RecordStatus.HalfWritten;

        var read = _buffer.AsSpan(_start + HeaderLength, (int)length);
        var checksum = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start + whole - FooterLength));
        if (checksum != MaskedCrc32C.Compute(read)) return RecordStatus.BadData;

        Advance(whole);
        data = read;
        return RecordStatus.Record;
    }

    /// <summary>Gives the buffer back; the stream stays open.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private RecordStatus PassOver(ulong length)
    {
        var crc = MaskedCrc32C.Seed;
        while (length > 0)
        {
            if (!Fill(1)) return RecordStatus.HalfWritten;
            var piece = (int)Math.Min(length, (ulong)(_end - _start));
            crc = MaskedCrc32C.Append(crc, _buffer.AsSpan(_start, piece));
            Advance(piece);
            length -= (ulong)piece;
        }

        if (!Fill(FooterLength)) return RecordStatus.HalfWritten;
        if (BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start)) != MaskedCrc32C.Finish(crc)) return RecordStatus.BadData;
        Advance(FooterLength);
        return RecordStatus.Oversized;
    }

    private void Advance(int bytes)
    {
        _start += bytes;
        _next += bytes;
    }

    private bool Fill(int bytes)
    {
        if (_end - _start >= bytes) return true;
        MakeRoom(bytes);
        while (_end - _start < bytes)
        {
            var read = stream.Read(_buffer.AsSpan(_end));
            if (read == 0) return false;
            _end += read;
        }

        return true;
    }

    private void MakeRoom(int bytes)
    {
        var kept = _buffer.AsSpan(_start, _end - _start);
        if (bytes > _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(bytes);
            kept.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            kept.CopyTo(_buffer);
        }

        _end -= _start;
        _start = 0;
    }
}
