using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Retention;

/// <summary>What in a checkpoint only a training that goes on from it needs.</summary>
internal static class TrainingStateFiles
{
    // They belong to DeepSpeed's shards and mean nothing without them: which folder they are in, and how to make weights of them.
    private static readonly string[] Companions = ["latest", "zero_to_fp32.py"];

    /// <summary>The kind of an entry of a checkpoint.</summary>
    public static CheckpointFileKind KindOf(string checkpoint, in FolderEntry entry)
    {
        // A checkpoint that is a single file has everything in it.
        if (entry.Path.Length == checkpoint.Length) return CheckpointFileKind.Weights;
        var below = entry.Path.AsSpan(checkpoint.Length + 1);
        var name = Path.GetFileName(below);
        return CheckpointFileKinds.Of(below[..^name.Length].TrimEnd('/'), name);
    }

    /// <summary>What can be taken out of a checkpoint whose weights are whole, in the order in which that is to be done.</summary>
    /// <returns>Files, and folders in which there is nothing else, relative to the run folder.</returns>
    public static List<string> In(FolderContents contents, string checkpoint)
    {
        List<string> paths = [];
        var hasShards = false;
        foreach (var part in contents.FilesAt(checkpoint).Where(entry => entry.Path.Length > checkpoint.Length).GroupBy(entry => PartOf(checkpoint, entry.Path), StringComparer.Ordinal))
        {
            List<FolderEntry> state = [.. part.Where(entry => KindOf(checkpoint, entry).IsTrainingState())];
            hasShards |= state.Exists(entry => KindOf(checkpoint, entry) == CheckpointFileKind.DeepSpeedShard);
            if (state.Count == part.Count()) paths.Add(part.Key);
            else paths.AddRange(state.Select(entry => entry.Path));
        }

        // Broken off in between, what is left must still look like shards, so that the next time takes the rest.
        if (hasShards) paths.InsertRange(0, Companions.Select(name => $"{checkpoint}/{name}").Where(path => contents.At(checkpoint).Any(entry => entry.Path == path)));
        return paths;
    }

    /// <summary>The files and folders at a path and below it.</summary>
    public static IEnumerable<FolderEntry> Below(FolderContents contents, string path) =>
        contents.At(FolderContents.PlaceOf(path)).Where(entry => entry.Path == path || entry.Path.StartsWith($"{path}/", StringComparison.Ordinal));

    /// <summary>The file or folder directly below a checkpoint in which a path lies.</summary>
    private static string PartOf(string checkpoint, string path)
    {
        var end = path.IndexOf('/', checkpoint.Length + 1);
        return end < 0 ? path : path[..end];
    }
}
