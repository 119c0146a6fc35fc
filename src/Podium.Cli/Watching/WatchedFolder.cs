using Podium.Checkpoints.Folders;
using Podium.Cli.CommandLine;

namespace Podium.Cli.Watching;

/// <summary>Finds the one run folder that is meant, which may be there later only.</summary>
internal static class WatchedFolder
{
    /// <summary>The folder itself, or the only run folder below it.</summary>
    /// <exception cref="UsageException">There are several, or it is a checkpoint.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(path)) throw new UsageException($"'{path}' is a file. Name the folder that holds the checkpoints.");
        if (!Directory.Exists(path)) return path;
        if (RunFinder.IsCheckpoint(path)) throw new UsageException($"'{path}' is a checkpoint. Name the folder that holds the checkpoints.");

        // A bare log below is of a trainer that has not saved yet: its folder is the one that was named.
        return RunFinder.Find(path).Where(RunFinder.IsRunFolder).ToArray() switch
        {
            [] => path,
            [var only] => only,
            [var first, .. var others] => throw new UsageException($"'{path}' has {others.Length + 1} run folders below it: name one of them, e.g. {first}."),
        };
    }
}
