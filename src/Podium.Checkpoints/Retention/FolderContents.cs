using System.IO.Enumeration;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Retention;

/// <summary>A file, a folder or a link below a run folder.</summary>
/// <param name="Path">Relative to the run folder, with forward slashes.</param>
/// <param name="Length">Its bytes; 0 of a folder.</param>
/// <param name="Written">When it was last written.</param>
/// <param name="IsFolder">Whether it is a folder, and no link to one.</param>
/// <param name="IsLink">Whether it is a link.</param>
internal readonly record struct FolderEntry(string Path, long Length, DateTimeOffset Written, bool IsFolder, bool IsLink);

/// <summary>Everything below a run folder, as it was at one moment. Links are not followed.</summary>
internal sealed class FolderContents
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    private readonly Dictionary<string, List<FolderEntry>> _places = new(StringComparer.Ordinal);

    private FolderContents(string folder) => Folder = folder;

    /// <summary>The run folder.</summary>
    public string Folder { get; }

    /// <summary>All entries, place by place.</summary>
    public IEnumerable<FolderEntry> Entries => _places.Values.SelectMany(entries => entries);

    /// <summary>What an earlier deletion put aside and did not finish, by its path.</summary>
    public IEnumerable<string> Trash => _places.Keys.Where(IsTrash).Order(StringComparer.Ordinal);

    /// <summary>Looks through a folder.</summary>
    public static FolderContents Of(string folder)
    {
        var contents = new FolderContents(folder);
        var found = new FileSystemEnumerable<FolderEntry>(
            folder,
            static (ref FileSystemEntry entry) =>
            {
                var below = entry.Directory[entry.RootDirectory.Length..].TrimStart('/');
                var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
                var isFolder = entry.IsDirectory && !isLink;
                return new FolderEntry(below.Length == 0 ? entry.FileName.ToString() : $"{below}/{entry.FileName}", isFolder ? 0 : entry.Length, entry.LastWriteTimeUtc, isFolder, isLink);
            },
            Everything)
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        foreach (var entry in found)
        {
            var place = PlaceOf(entry.Path);
            if (!contents._places.TryGetValue(place, out var entries)) contents._places.Add(place, entries = []);
            entries.Add(entry);
        }

        return contents;
    }

    /// <summary>Where an entry lies: directly below the run folder, or as one of the checkpoints that were kept from rotation.</summary>
    public static string PlaceOf(string path)
    {
        var from = path.StartsWith($"{PodiumFolder.Kept}/", StringComparison.Ordinal) ? PodiumFolder.Kept.Length + 1 : 0;
        var end = path.IndexOf('/', from);
        return end < 0 ? path : path[..end];
    }

    /// <summary>Whether a place is one that a deletion put aside.</summary>
    public static bool IsTrash(string place) => Path.GetFileName(place.AsSpan()).StartsWith(PodiumFolder.TrashPrefix, StringComparison.Ordinal);

    /// <summary>The place itself and everything below it; nothing where it is gone.</summary>
    public IReadOnlyList<FolderEntry> At(string place) => _places.GetValueOrDefault(place) ?? [];

    /// <summary>The files and links at a place.</summary>
    public IEnumerable<FolderEntry> FilesAt(string place) => At(place).Where(entry => !entry.IsFolder);

    /// <summary>The copy of a checkpoint that was kept from rotation beside the checkpoint itself; null where there is none.</summary>
    public string? TwinOf(string checkpoint) =>
        $"{PodiumFolder.Kept}/{checkpoint}" is var twin && _places.ContainsKey(twin) && KeptTwin.HaveTheSameState(FullPath(checkpoint), FullPath(twin)) ? twin : null;

    /// <summary>The file that was written last, what Podium itself keeps there apart; null where there is none.</summary>
    public FolderEntry? Youngest()
    {
        FolderEntry? youngest = null;
        foreach (var entry in Entries)
            if (!entry.IsFolder && !entry.Path.StartsWith(PodiumFolder.Name, StringComparison.Ordinal) && !(entry.Written <= youngest?.Written))
                youngest = entry;

        return youngest;
    }

    public string FullPath(string path) => Path.Combine(Folder, path);
}
