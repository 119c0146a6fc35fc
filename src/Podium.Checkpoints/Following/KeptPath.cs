using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Following;

/// <summary>The paths of kept checkpoints, relative to the run folder.</summary>
internal static class KeptPath
{
    private const string Start = $"{PodiumFolder.Kept}/";

    /// <summary>What a copy is called until it is whole: no checkpoint.</summary>
    public const string IncomingPrefix = ".incoming-";

    /// <summary>Whether a checkpoint's path is that of a kept one.</summary>
    public static bool IsKept(string path) => path.StartsWith(Start, StringComparison.Ordinal);

    /// <summary>Where the checkpoint of a name is kept.</summary>
    public static string Of(string name) => Start + name;

    /// <summary>The name of a checkpoint's folder, kept or not.</summary>
    public static string NameOf(string path) => IsKept(path) ? path[Start.Length..] : path;
}
