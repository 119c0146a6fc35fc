using System.Security.Cryptography;

namespace Podium.Checkpoints.Verification.Deep;

/// <summary>Reads every byte of a file.</summary>
internal static class FileDigest
{
    private const int PartLength = 1 << 20;

    /// <summary>Takes a file's checksum.</summary>
    /// <param name="fullPath">The file.</param>
    /// <param name="path">As the checksum and faults name it.</param>
    /// <param name="now">When that was.</param>
    /// <param name="onRead">Told after each part how many bytes it had.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The checksum; a fault that may pass where the file was written meanwhile.</returns>
    public static FileReading<FileChecksum> Take(string fullPath, string path, DateTimeOffset now, Action<long>? onRead, CancellationToken cancellation) => FilePart.Open(fullPath, path, (handle, length) =>
    {
        var written = File.GetLastWriteTimeUtc(handle);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var part = new byte[Math.Min(PartLength, Math.Max(1, length))];
        for (var offset = 0L; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(handle, part, offset);
            if (read == 0) break;
            hash.AppendData(part, 0, read);
            offset += read;
            onRead?.Invoke(read);
        }

        if (RandomAccess.GetLength(handle) != length || File.GetLastWriteTimeUtc(handle) != written) return FileReading<FileChecksum>.Short(path, "it was written while it was read");
        return FileReading<FileChecksum>.Of(new FileChecksum(path, length, new DateTimeOffset(written), Convert.ToHexStringLower(hash.GetHashAndReset()), now));
    });
}
