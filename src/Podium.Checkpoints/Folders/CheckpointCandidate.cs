namespace Podium.Checkpoints.Folders;

/// <summary>A folder that by its name and its files is a checkpoint.</summary>
/// <param name="Path">Relative to the run folder, with forward slashes.</param>
/// <param name="FullPath">As it can be opened.</param>
/// <param name="Name">What its name says.</param>
/// <param name="Files">What lies in it.</param>
internal sealed record CheckpointCandidate(string Path, string FullPath, CheckpointName Name, CheckpointFiles Files)
{
    /// <summary>The checkpoint in a folder; null where it is none, or gone.</summary>
    public static CheckpointCandidate? At(string fullPath) => At(fullPath, "");

    /// <summary>The checkpoints of a run folder: those directly below it, and those that were kept from rotation, in any order.</summary>
    public static List<CheckpointCandidate> Below(string folder, CancellationToken cancellation)
    {
        List<string> paths = [.. Directory.GetDirectories(folder)];
        var own = paths.Count;
        foreach (var kept in KeptBelow(folder))
            // A copy of one that is still there says nothing new.
            if (!Directory.Exists(System.IO.Path.Combine(folder, System.IO.Path.GetFileName(kept))))
                paths.Add(kept);

        List<CheckpointCandidate> found = [];
        foreach (var candidate in SideBySide.Make(paths.Count, i => At(paths[i], i < own ? "" : $"{PodiumFolder.Kept}/"), cancellation))
            if (candidate is not null)
                found.Add(candidate);

        return found;
    }

    /// <summary>Whether a folder has a checkpoint directly below it.</summary>
    public static bool AnyBelow(string folder) => Directory.EnumerateDirectories(folder).Any(IsOne);

    /// <summary>Whether a folder has a checkpoint that was kept from rotation.</summary>
    public static bool AnyKept(string folder) => KeptBelow(folder).Any(IsOne);

    /// <summary>The folders of what was kept from rotation, by full path.</summary>
    public static IEnumerable<string> KeptBelow(string folder)
    {
        var kept = System.IO.Path.Combine(folder, PodiumFolder.Kept);
        return Directory.Exists(kept) ? Directory.EnumerateDirectories(kept) : [];
    }

    private static bool IsOne(string path) => CheckpointName.TryParse(System.IO.Path.GetFileName(path), out var name) && (name.IsCertain || At(path) is not null);

    private static CheckpointCandidate? At(string fullPath, string below)
    {
        var folderName = System.IO.Path.GetFileName(fullPath);
        if (!CheckpointName.TryParse(folderName, out var name)) return null;
        if (CheckpointFiles.Of(fullPath) is not { } files) return null;
        return name.IsCertain || files.HoldsAModel ? new CheckpointCandidate(below + folderName, fullPath, name, files) : null;
    }
}
