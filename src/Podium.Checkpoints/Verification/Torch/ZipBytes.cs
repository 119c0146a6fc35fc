using Microsoft.Win32.SafeHandles;

namespace Podium.Checkpoints.Verification.Torch;

/// <summary>Reads a file from its end backwards with few calls: what lies in the part that was read last costs none.</summary>
internal sealed class ZipBytes(SafeFileHandle handle, long length)
{
    private const int Least = 4 * 1024;

    private byte[] _part = [];
    private long _partStart;
    private int _partLength;

    /// <summary>The file's length.</summary>
    public long Length { get; } = length;

    /// <summary>Some bytes of the file, valid until the next call; fewer than wanted where it ends before.</summary>
    public ReadOnlySpan<byte> At(long offset, int wanted)
    {
        if (offset < 0 || offset >= Length) return [];
        wanted = (int)Math.Min(wanted, Length - offset);
        if (offset < _partStart || offset + wanted > _partStart + _partLength) Load(offset, wanted);
        var from = (int)(offset - _partStart);
        return _part.AsSpan(from, Math.Min(wanted, _partLength - from));
    }

    private void Load(long offset, int wanted)
    {
        var size = (int)Math.Min(Math.Max(wanted, Least), Length - offset);
        if (_part.Length < size) _part = new byte[size];
        _partStart = offset;
        _partLength = FilePart.Fill(handle, _part.AsSpan(0, size), offset);
    }
}
