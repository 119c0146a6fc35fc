using System.IO.Compression;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Lightning;

/// <summary>Looks into a <c>.ckpt</c> file for the step at which it was saved.</summary>
/// <remarks>
/// For names that do not say it, and for <c>last.ckpt</c>, which repeats another checkpoint. A checkpoint is a zip file with
/// a pickle in it, and to unpickle is to run whatever program it holds; so its opcodes are only looked through.
/// </remarks>
public static class CheckpointPickle
{
    /// <summary>The longest pickle that is looked into, in bytes (16 MB). It holds names and numbers; the weights lie beside it.</summary>
    public const int LongestPickle = 16 << 20;

    /// <summary>Reads where a checkpoint was saved.</summary>
    /// <param name="path">The file.</param>
    /// <returns>
    /// Step and epoch; null where the file cannot be opened, is not of torch's zip format, is damaged, has no
    /// <c>global_step</c> that is a whole number, or has a pickle longer than <see cref="LongestPickle"/>.
    /// </returns>
    public static CheckpointPosition? Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = SharedFile.OpenStream(path, bufferSize: 4096);
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                if (!entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)) continue;
                return entry.Length is > 0 and <= LongestPickle ? Read(entry) : null;
            }

            return null;
        }
        // The last is the zip reader's answer to a damaged directory of more than 4 GB that points out of the file.
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static CheckpointPosition? Read(ZipArchiveEntry entry)
    {
        // Not more than the directory says, whatever the packed data would grow to.
        var pickle = new byte[entry.Length];
        using var content = entry.Open();
        var read = content.ReadAtLeast(pickle, pickle.Length, throwOnEndOfStream: false);
        return PickleScan.FindPosition(pickle.AsSpan(0, read));
    }
}
