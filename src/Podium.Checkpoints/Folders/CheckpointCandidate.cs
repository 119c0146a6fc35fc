namespace Podium.Checkpoints.Folders;

/// <summary>A folder that by its name and its files is a checkpoint.</summary>
internal sealed record CheckpointCandidate(string FolderName, string FullPath, CheckpointName Name, CheckpointFiles Files)
{
    /// <summary>The checkpoint in a folder; null where it is none, or gone.</summary>
    public static CheckpointCandidate? At(string fullPath)
    {
        var folderName = Path.GetFileName(fullPath);
        if (!CheckpointName.TryParse(folderName, out var name)) return null;
        if (CheckpointFiles.Of(fullPath) is not { } files) return null;
        return name.IsCertain || files.HasState || files.HasWeights || files.HasShards ? new CheckpointCandidate(folderName, fullPath, name, files) : null;
    }

    /// <summary>The checkpoints directly below a folder, in any order.</summary>
    public static List<CheckpointCandidate> Below(string folder, CancellationToken cancellation)
    {
        var children = Directory.GetDirectories(folder);
        List<CheckpointCandidate> found = [];
        foreach (var candidate in SideBySide.Make(children.Length, i => At(children[i]), cancellation))
            if (candidate is not null)
                found.Add(candidate);

        return found;
    }

    /// <summary>Whether a folder has a checkpoint directly below it.</summary>
    public static bool AnyBelow(string folder)
    {
        foreach (var child in Directory.EnumerateDirectories(folder))
            if (CheckpointName.TryParse(Path.GetFileName(child), out var name) && (name.IsCertain || At(child) is not null))
                return true;

        return false;
    }
}
