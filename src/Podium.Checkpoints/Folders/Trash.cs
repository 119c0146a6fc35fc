namespace Podium.Checkpoints.Folders;

/// <summary>Deletes so that whatever breaks off leaves no half of a checkpoint: what goes is renamed first, in one step.</summary>
internal static class Trash
{
    // A name has room for 255 bytes; of what goes only the beginning is of interest.
    private const int LongestName = 50;

    private static int s_count;

    /// <summary>Deletes a file or a folder. Links are deleted and not followed.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="path">What is to go, relative to it.</param>
    public static void Delete(string folder, string path)
    {
        // What was kept from rotation is put aside where it lies; all else directly in the run folder, where it is found again.
        var home = path.StartsWith($"{PodiumFolder.Kept}/", StringComparison.Ordinal) ? PodiumFolder.Kept : "";
        var name = Path.GetFileName(path);
        var aside = Path.Combine(folder, home, $"{PodiumFolder.TrashPrefix}{name[..Math.Min(name.Length, LongestName)]}-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}");
        var full = Path.Combine(folder, path);
        try
        {
            // Left by a process that had this one's number.
            if (Path.Exists(aside)) Finish(aside);
            if (Directory.Exists(full)) Directory.Move(full, aside);
            else File.Move(full, aside);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // The trainer's own rotation was faster.
            return;
        }

        Finish(aside);
    }

    /// <summary>Deletes what was put aside.</summary>
    public static void Finish(string aside)
    {
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        else File.Delete(aside);
    }
}
