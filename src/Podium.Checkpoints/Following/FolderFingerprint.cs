using System.IO.Enumeration;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Following;

/// <summary>What lies below a run folder, by names, sizes and times alone: two that are equal mean that nothing has changed.</summary>
/// <remarks>
/// Whoever watches and whoever polls compare these, so that both see the same changes. Names that begin with a point are
/// left out, and so is what Podium itself writes; which checkpoints are kept counts.
/// </remarks>
internal readonly record struct FolderFingerprint(bool Exists, int Count, ulong Sum)
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 8,
    };

    /// <summary>Looks through a folder; one that is not there has the empty fingerprint.</summary>
    public static FolderFingerprint Of(string folder)
    {
        var count = 0;
        var sum = 0UL;
        try
        {
            // The predicate takes everything in and picks nothing, so that no object is made for a file.
            var none = new FileSystemEnumerable<bool>(folder, static (ref FileSystemEntry _) => true, Everything)
            {
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => !IsHidden(entry.FileName) && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                {
                    if (IsHidden(entry.FileName)) return false;
                    var (length, written) = entry.IsDirectory ? (-1L, 0L) : (entry.Length, entry.LastWriteTimeUtc.Ticks);
                    Add(Hash(entry.Directory), Hash(entry.FileName), length, written);
                    return false;
                },
            };
            foreach (var _ in none)
            {
            }

            foreach (var kept in CheckpointCandidate.KeptBelow(folder))
                if (Path.GetFileName(kept) is var name && !IsHidden(name))
                    Add(Hash(PodiumFolder.Kept), Hash(name), -1, 0);
        }
        catch (DirectoryNotFoundException)
        {
            return default;
        }

        return new FolderFingerprint(Exists: true, count, sum);

        // A sum, because the order in which a directory lists its entries means nothing.
        void Add(int directory, int name, long length, long written)
        {
            count++;
            sum += unchecked((uint)HashCode.Combine(directory, name, length, written) * 0x9E3779B97F4A7C15UL);
        }
    }

    private static int Hash(ReadOnlySpan<char> name) => string.GetHashCode(name, StringComparison.Ordinal);

    private static bool IsHidden(ReadOnlySpan<char> name) => name is ['.', ..];
}
