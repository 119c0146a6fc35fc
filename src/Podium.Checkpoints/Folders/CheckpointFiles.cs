using System.IO.Enumeration;

namespace Podium.Checkpoints.Folders;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Path">Relative to the checkpoint, with forward slashes.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Kind">What it is for.</param>
internal sealed record CheckpointFile(string Path, long Length, CheckpointFileKind Kind);

/// <summary>What lies in a checkpoint's folder, by its directory alone: no file is opened.</summary>
/// <param name="SizeBytes">The bytes of all files below it.</param>
/// <param name="Known">The files whose kind is known, in the directory's order.</param>
/// <param name="NewestWrite">When a file of it was last written.</param>
internal sealed record CheckpointFiles(long SizeBytes, IReadOnlyList<CheckpointFile> Known, DateTimeOffset NewestWrite)
{
    public const string StateFileName = "trainer_state.json";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 8,
    };

    /// <summary>The bytes of its <c>trainer_state.json</c>; null where it has none.</summary>
    public long? StateBytes { get; } = Known.FirstOrDefault(file => file.Kind == CheckpointFileKind.TrainerState)?.Length;

    /// <summary>Whether it holds a state, weights or shards: what makes a folder of an uncertain name a checkpoint.</summary>
    public bool HoldsAModel => Known.Any(file => file.Kind is CheckpointFileKind.TrainerState or CheckpointFileKind.Weights or CheckpointFileKind.DeepSpeedShard or CheckpointFileKind.FsdpShard);

    /// <summary>Its files of a kind.</summary>
    public IEnumerable<CheckpointFile> Of(CheckpointFileKind kind) => Known.Where(file => file.Kind == kind);

    /// <summary>Looks through a folder.</summary>
    /// <returns>Null where the folder is gone.</returns>
    public static CheckpointFiles? Of(string folder)
    {
        var size = 0L;
        List<CheckpointFile> known = [];
        var newest = DateTimeOffset.MinValue;
        try
        {
            // Everything is taken in by the predicate, which picks nothing: so no object is made for a file that is not known.
            var none = new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry _) => "", Everything)
            {
                ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                {
                    if (entry.IsDirectory) return false;
                    size += entry.Length;
                    if (entry.LastWriteTimeUtc is var write && write > newest) newest = write;
                    var below = entry.Directory[entry.RootDirectory.Length..].TrimStart('/');
                    var kind = CheckpointFileKinds.Of(below, entry.FileName);
                    if (kind != CheckpointFileKind.Other) known.Add(new CheckpointFile(below.Length == 0 ? entry.FileName.ToString() : $"{below}/{entry.FileName}", entry.Length, kind));
                    return false;
                },
            };
            foreach (var _ in none)
            {
            }

            return new CheckpointFiles(size, known, newest);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }
}
