using Podium.Checkpoints.Folders;
using Podium.Cli.Output;

namespace Podium.Cli.CommandLine;

/// <summary>The run folders at or below what was typed.</summary>
/// <param name="Folders">The folders, each as a person would type it.</param>
/// <param name="IsTree">Whether they were looked for below what was typed, or several were typed.</param>
internal sealed record FoundFolders(IReadOnlyList<string> Folders, bool IsTree)
{
    /// <summary>Finds them; says on stderr where there are none.</summary>
    /// <exception cref="DirectoryNotFoundException">A path is none, or a file.</exception>
    public static FoundFolders Below(IReadOnlyList<string> paths)
    {
        List<string> folders = [];
        var isTree = paths.Count > 1;
        foreach (var path in paths)
        {
            if (!Directory.Exists(path)) throw new DirectoryNotFoundException(Missing(path));
            var found = RunFinder.Find(path);
            isTree |= found is not [var only] || only != path;
            folders.AddRange(found);
        }

        if (folders.Count == 0) Terminal.Error($"There are no checkpoints in or below '{string.Join("', '", paths)}'. A run folder holds folders like checkpoint-500, each with a trainer_state.json.");
        return new FoundFolders(folders, isTree);
    }

    private static string Missing(string path) => File.Exists(path)
        ? $"'{path}' is a file. Name the folder that holds the checkpoints."
        : $"There is no folder '{path}'.";
}
