using System.IO.Enumeration;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Finds the event files that belong to one run folder.</summary>
internal static class EventFileFinder
{
    /// <summary>How far below the run folder is looked: <c>logs/model/version_0</c>.</summary>
    public const int MaxDepth = 3;

    /// <summary>How many folders are looked into, so that a data set below the run folder cannot hold up the reading.</summary>
    public const int MaxFolders = 4096;

    private const string Prefix = "events.out.tfevents.";

    /// <summary>The event files by folder; folders and files in ordinal order.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <param name="faults">Gets what could not be looked into.</param>
    public static List<List<string>> Find(string runFolder, List<ReadFault> faults)
    {
        var launches = new List<List<string>>();
        var pending = new Queue<(string Folder, int Depth)>([(runFolder, 0)]);
        for (var looked = 0; pending.TryDequeue(out var next); looked++)
        {
            if (looked == MaxFolders)
            {
                faults.Add(new ReadFault(runFolder, $"more than {MaxFolders} folders stand below; event files were not looked for in the rest"));
                break;
            }

            var files = new List<string>();
            var folders = new List<string>();
            // A folder below that holds checkpoints of its own is another run's.
            if (!TryList(next.Folder, files, folders, faults) || (next.Depth > 0 && folders.Exists(IsCheckpoint))) continue;

            files.Sort(StringComparer.Ordinal);
            if (files.Count > 0) launches.Add(files);
            if (next.Depth == MaxDepth) continue;

            folders.Sort(StringComparer.Ordinal);
            foreach (var folder in folders)
                if (!IsCheckpoint(folder))
                    pending.Enqueue((folder, next.Depth + 1));
        }

        return launches;
    }

    private static bool TryList(string folder, List<string> files, List<string> folders, List<ReadFault> faults)
    {
        try
        {
            // The kind of an entry comes with its name: no call for each file.
            var entries = new FileSystemEnumerable<(string Path, bool IsFolder)>(
                folder,
                static (ref FileSystemEntry entry) => (entry.ToSpecifiedFullPath(), entry.IsDirectory),
                new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None })
            {
                ShouldIncludePredicate = static (ref FileSystemEntry entry) => entry.IsDirectory
                    // A link to a folder could lead round in a circle, or out of the run folder.
                    ? !entry.FileName.StartsWith('.') && (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.None
                    : entry.FileName.StartsWith(Prefix, StringComparison.Ordinal),
            };
            foreach (var (path, isFolder) in entries) (isFolder ? folders : files).Add(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            // A folder can vanish between two calls: then it has no event files.
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add(new ReadFault(folder, failure.Message));
            return false;
        }
    }

    private static bool IsCheckpoint(string folder)
    {
        const string name = "checkpoint-";
        var last = Path.GetFileName(folder.AsSpan());
        return last.StartsWith(name, StringComparison.Ordinal) && last.Length > name.Length;
    }
}
