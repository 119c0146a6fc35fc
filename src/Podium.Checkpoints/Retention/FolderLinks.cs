namespace Podium.Checkpoints.Retention;

/// <summary>Where the links of a run folder lead.</summary>
internal static class FolderLinks
{
    /// <summary>The links that lead to an entry of the folder.</summary>
    /// <returns>The link and its target, both relative to the folder.</returns>
    public static List<(string Link, string Target)> Within(FolderContents contents)
    {
        List<(string, string)> links = [];
        string? root = null;
        foreach (var entry in contents.Entries.Where(entry => entry.IsLink && !FolderContents.IsTrash(FolderContents.PlaceOf(entry.Path))))
        {
            root ??= RealPath(contents.Folder) + '/';
            if (RealPath(contents.FullPath(entry.Path)) is { } target && target.StartsWith(root, StringComparison.Ordinal)) links.Add((entry.Path, target[root.Length..]));
        }

        return links;
    }

    /// <summary>A path without any link in it, for one place has many names; null where links go in a circle.</summary>
    private static string? RealPath(string path)
    {
        try
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            var real = Path.GetPathRoot(full)!;
            foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                real = Path.Combine(real, part);
                if (new FileInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { FullName: var target }) real = RealPath(target) ?? target;
            }

            return real;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
