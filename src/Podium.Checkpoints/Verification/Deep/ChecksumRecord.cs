using System.Buffers;
using System.Globalization;
using System.Text;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Verification.Deep;

/// <summary>The checksum of a file, and what the file was when it was taken.</summary>
/// <param name="Path">Relative to the checkpoint.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="Digest">Its SHA-256, in small hexadecimal digits.</param>
/// <param name="Recorded">When it was read.</param>
internal sealed record FileChecksum(string Path, long Length, DateTimeOffset Written, string Digest, DateTimeOffset Recorded);

/// <summary>The checksums of a checkpoint, on disk.</summary>
/// <remarks>
/// The file is one that <c>sha256sum -c</c> takes, run in the checkpoint. What it knows nothing of, size and time, stands in
/// comments, which it passes over.
/// </remarks>
internal static class ChecksumRecord
{
    private const string Comment = "# ";
    private const int DigestLength = 64;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Where the record of a checkpoint lies.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="checkpoint">The checkpoint, relative to it.</param>
    public static string PathOf(string runFolder, string checkpoint)
    {
        // One that is kept must not take the place of its original.
        var name = checkpoint.StartsWith(PodiumFolder.Kept + "/", StringComparison.Ordinal) ? $"kept-{checkpoint[(PodiumFolder.Kept.Length + 1)..]}" : checkpoint;
        return Path.Combine(runFolder, PodiumFolder.Checksums, name + ".sha256");
    }

    /// <summary>Reads a record; what is not understood in it, or a record that is not there, counts for nothing.</summary>
    public static Dictionary<string, FileChecksum> Read(string path)
    {
        Dictionary<string, FileChecksum> checksums = new(StringComparer.Ordinal);
        if (!File.Exists(path)) return checksums;
        (long Length, DateTimeOffset Written, DateTimeOffset Recorded)? facts = null;
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith(Comment, StringComparison.Ordinal))
            {
                facts = FactsIn(line[Comment.Length..]);
            }
            else if (facts is { } known && TryReadDigest(line, out var file, out var digest))
            {
                checksums[file] = new FileChecksum(file, known.Length, known.Written, digest, known.Recorded);
                facts = null;
            }
        }

        return checksums;
    }

    /// <summary>Writes a record in one go: whoever reads meanwhile, or after a crash, finds the old one or the new one.</summary>
    public static void Write(string path, IEnumerable<FileChecksum> checksums)
    {
        var text = new StringBuilder();
        foreach (var file in checksums)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Comment}{file.Length} bytes, written {file.Written:O}, read {file.Recorded:O}\n");
            // A name with a backslash or a line break is written as sha256sum does it.
            var name = file.Path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{(name == file.Path ? "" : "\\")}{file.Digest}  {name}\n");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static (long Length, DateTimeOffset Written, DateTimeOffset Recorded)? FactsIn(string comment)
    {
        string[] parts = comment.Split(", ");
        if (parts is not [var length, var written, var recorded] || !length.EndsWith(" bytes", StringComparison.Ordinal)) return null;
        return long.TryParse(length.AsSpan(0, length.Length - " bytes".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            && TryReadTime(written, "written ", out var writtenAt) && TryReadTime(recorded, "read ", out var recordedAt)
            ? (bytes, writtenAt, recordedAt)
            : null;
    }

    private static bool TryReadTime(string part, string word, out DateTimeOffset time)
    {
        time = default;
        return part.StartsWith(word, StringComparison.Ordinal) && DateTimeOffset.TryParseExact(part.AsSpan(word.Length), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static bool TryReadDigest(string line, out string file, out string digest)
    {
        (file, digest) = ("", "");
        var isEscaped = line.StartsWith('\\');
        var rest = line.AsSpan(isEscaped ? 1 : 0);
        if (rest.Length <= DigestLength + 2 || rest[..DigestLength].ContainsAnyExcept(Digits) || rest.Slice(DigestLength, 2) is not "  ") return false;
        digest = rest[..DigestLength].ToString();
        file = rest[(DigestLength + 2)..].ToString();
        if (isEscaped) file = file.Replace(@"\\", "\0", StringComparison.Ordinal).Replace(@"\n", "\n", StringComparison.Ordinal).Replace("\0", "\\", StringComparison.Ordinal);
        return true;
    }
}
