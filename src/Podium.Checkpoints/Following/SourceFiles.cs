using System.IO.Enumeration;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Following;

/// <summary>A file of a checkpoint that is to be kept, as it was when it was looked at.</summary>
/// <param name="Path">Relative to the checkpoint, with forward slashes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="WrittenAt">When it was last written.</param>
internal readonly record struct SourceFile(string Path, long Length, DateTime WrittenAt);

/// <summary>The files of a checkpoint that make its model: all but what only a training that goes on needs.</summary>
internal static class SourceFiles
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, MaxRecursionDepth = 8 };

    /// <summary>Lists them, ordered by path.</summary>
    /// <param name="checkpoint">The checkpoint's full path.</param>
    /// <exception cref="IOException">The folder, or a file in it, is gone or cannot be read.</exception>
    public static List<SourceFile> Of(string checkpoint)
    {
        // Links to folders are not followed, for they could lead round in a circle.
        var found = new FileSystemEnumerable<(string Path, bool IsLink)>(
            checkpoint,
            static (ref FileSystemEntry entry) => (entry.ToFullPath(), entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
            Everything)
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldIncludePredicate = static (ref FileSystemEntry entry) => !entry.IsDirectory,
        };
        var root = Path.GetFullPath(checkpoint);
        List<SourceFile> files = [];
        foreach (var (path, isLink) in found)
        {
            var relative = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
            var folder = Path.GetDirectoryName(relative)!;
            if (IsOfSharded(relative) || CheckpointFileKinds.Of(folder, Path.GetFileName(relative)).IsTrainingState()) continue;
            if (isLink && !LeadsInside(root, path)) continue;
            // Of a link, what it leads to.
            var file = new FileInfo(isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName : path);
            files.Add(new SourceFile(relative, file.Length, file.LastWriteTimeUtc));
        }

        files.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    /// <summary>What lies in DeepSpeed's folder is a part of its shards, whatever it is called.</summary>
    private static bool IsOfSharded(string path) => path.StartsWith("global_step", StringComparison.Ordinal) && path.Contains('/');

    private static bool LeadsInside(string root, string link) =>
        File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true } target
        && target.FullName.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
