using System.Diagnostics.CodeAnalysis;

namespace Podium.Server.Access;

/// <summary>Where a trainer's folder is mounted here: <c>/outputs=/mnt/runs</c>, <c>D:\outputs=/mnt/runs</c>.</summary>
/// <param name="There">The folder as a trainer has it, without a slash at its end.</param>
/// <param name="Here">The folder here.</param>
internal sealed record FolderMap(string There, string Here)
{
    /// <summary>Reads a pair; null where it is none.</summary>
    public static FolderMap? Parse(string pair) =>
        pair.Split('=') is [{ Length: > 0 } there, { Length: > 0 } here] && there.TrimEnd('/', '\\') is { Length: > 0 } trimmed
            ? new FolderMap(trimmed, Path.TrimEndingDirectorySeparator(Path.GetFullPath(here)))
            : null;

    /// <summary>The path here of one there.</summary>
    public bool TryTranslate(string path, [NotNullWhen(true)] out string? here)
    {
        here = null;
        if (!path.StartsWith(There, StringComparison.Ordinal)) return false;
        var rest = path[There.Length..];
        if (rest is not ("" or ['/' or '\\', ..])) return false;
        // A trainer on Windows has them the other way round; elsewhere a backslash is a letter of a name.
        here = Here + (There.Contains('\\', StringComparison.Ordinal) || There is [_, ':', ..] ? rest.Replace('\\', '/') : rest);
        return true;
    }
}
