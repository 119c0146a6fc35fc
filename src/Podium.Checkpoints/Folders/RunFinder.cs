using System.IO.Enumeration;

namespace Podium.Checkpoints.Folders;

/// <summary>Finds the run folders at or below a path.</summary>
public static class RunFinder
{
    private const int DeepestTree = 12;

    private static readonly string[] Logs = [CheckpointFiles.StateFileName, "trainer_log.jsonl"];

    private static readonly EnumerationOptions Children = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };

    /// <summary>Whether a path is a checkpoint's own folder.</summary>
    /// <param name="path">A folder.</param>
    public static bool IsCheckpoint(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return CheckpointCandidate.At(full) is not null && !CheckpointCandidate.AnyBelow(full);
    }

    /// <summary>Whether a folder has checkpoints of its own, or the history of a run.</summary>
    /// <param name="path">A folder.</param>
    public static bool IsRunFolder(string path) =>
        CheckpointCandidate.AnyBelow(path) || CheckpointCandidate.AnyKept(path) || HoldsLightning(path) || Array.Exists(Logs, log => File.Exists(Path.Combine(path, log)));

    /// <summary>The run folders at or below a path: the path itself, if it is one; else those below it, not those inside another.</summary>
    /// <param name="path">A folder.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> Find(string path, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"There is no folder '{path}'.");
        if (IsCheckpoint(path) || IsRunFolder(path)) return [path];

        List<string> found = [];
        Search(path, DeepestTree, found, IsRunFolder, cancellation);
        // Only where nothing else tells of a run does a bare log of metrics.
        if (found.Count == 0) Search(path, DeepestTree, found, HoldsBareLog, cancellation);
        found.Sort(NaturalOrder.Instance);
        return found;
    }

    /// <summary>Looks for run folders at or below a path, no further than somebody wants to wait: what was found until then is the answer.</summary>
    /// <param name="path">A folder.</param>
    /// <param name="most">How many are wanted at most.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>What was found, and whether there may be more. A folder that is not there, or not for us, has none.</returns>
    public static FoundRuns FindSome(string path, int most, CancellationToken cancellation = default)
    {
        List<string> found = [];
        var isWhole = true;
        try
        {
            if (!Directory.Exists(path)) return new FoundRuns([], IsWhole: true);
            if (IsCheckpoint(path) || IsRunFolder(path)) return new FoundRuns([path], IsWhole: true);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            // The one too many says that there are more.
            bool IsRun(string folder)
            {
                if (!IsRunFolder(folder)) return false;
                if (found.Count == most) enough.Cancel();
                enough.Token.ThrowIfCancellationRequested();
                return true;
            }

            Search(path, DeepestTree, found, IsRun, enough.Token);
        }
        catch (OperationCanceledException)
        {
            isWhole = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What lies beside it was found.
        }

        found.Sort(NaturalOrder.Instance);
        return new FoundRuns(found, isWhole);
    }

    /// <summary>The folder above one, as a path that means the same from where the first was written.</summary>
    internal static string Above(string path)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(path);
        var above = Path.GetDirectoryName(trimmed);
        return Path.GetFileName(trimmed) is "." or ".." or "" ? Path.GetDirectoryName(Path.GetFullPath(trimmed))!
            : string.IsNullOrEmpty(above) ? "."
            : above;
    }

    private static void Search(string folder, int depth, List<string> found, Func<string, bool> isRun, CancellationToken cancellation)
    {
        if (depth == 0) return;
        foreach (var child in Directory.EnumerateDirectories(folder, "*", Children))
        {
            // One folder may hold very many.
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (isRun(child)) found.Add(child);
                else Search(child, depth - 1, found, isRun, cancellation);
            }
            catch (Exception exception) when (exception is DirectoryNotFoundException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or not for us: it hides no other.
            }
        }
    }

    private delegate bool NameTest(ReadOnlySpan<char> name);

    private static bool HoldsLightning(string folder) => Any(folder, static name => name.EndsWith(".ckpt"));

    private static bool HoldsBareLog(string folder) => Any(folder, static name => name is "metrics.csv" || name.StartsWith("events.out.tfevents."));

    private static bool Any(string folder, NameTest named)
    {
        var files = new FileSystemEnumerable<bool>(folder, static (ref FileSystemEntry _) => true, Children)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && named(entry.FileName),
        };
        return files.Any();
    }
}

/// <summary>Run folders that were found.</summary>
/// <param name="Folders">The folders, in the order of their names.</param>
/// <param name="IsWhole">Whether these are all that are there.</param>
public sealed record FoundRuns(IReadOnlyList<string> Folders, bool IsWhole);
