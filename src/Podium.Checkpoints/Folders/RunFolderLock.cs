namespace Podium.Checkpoints.Folders;

/// <summary>
/// A right that one process at a time has in a run folder: an advisory lock that ends with the process, however that ends. The
/// file stays behind, for deleting it would let two others hold two files of one name.
/// </summary>
internal sealed class RunFolderLock : IDisposable
{
    // The system's own words for "another process has it": EWOULDBLOCK on Linux and on macOS, and that of Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = 32;

    private readonly FileStream _file;
    private readonly string _note;

    private RunFolderLock(FileStream file, string note) => (_file, _note) = (file, note);

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run folder.</param>
    /// <param name="name">The lock's file, relative to it.</param>
    /// <param name="command">The command that asks, for whoever asks meanwhile.</param>
    /// <param name="time">The clock.</param>
    /// <param name="refusal">Why it cannot be had: who has it, or what went wrong.</param>
    /// <param name="isHeld">Whether it cannot be had because another process has it.</param>
    /// <returns>The lock; null where it cannot be had.</returns>
    public static RunFolderLock? TryTake(string folder, string name, string command, TimeProvider time, out string refusal, out bool isHeld)
    {
        (refusal, isHeld) = ("", false);
        // Beside the lock: what is locked cannot be read.
        var note = Path.Combine(folder, $"{name}.holder");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, PodiumFolder.Name));
            var file = new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                File.WriteAllText(note, $"{command}, process {Environment.ProcessId} on {Environment.MachineName}, since {time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
                return new RunFolderLock(file, note);
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (IOException exception)
        {
            // A full or read-only disk is nobody's doing, though a killed holder's note may still lie there.
            isHeld = (exception.HResult & 0xffff) is WouldBlock or WouldBlockOnMac or SharingViolation;
            refusal = isHeld && HolderOf(note) is { } other ? $"It is being changed by {other}." : exception.Message;
        }
        catch (UnauthorizedAccessException exception)
        {
            refusal = exception.Message;
        }

        return null;
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_note);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is gone, or no longer ours: nothing is to be said of it then.
        }

        _file.Dispose();
    }

    /// <summary>What the holder wrote of itself; null where it wrote nothing.</summary>
    private static string? HolderOf(string note)
    {
        try
        {
            return File.ReadAllText(note);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
