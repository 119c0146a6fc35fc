using Podium.Checkpoints.Folders;
using Podium.Checkpoints.TrainerStates;
using Podium.Checkpoints.Verification;
using Podium.Ranking;

namespace Podium.Checkpoints.Following;

/// <summary>Copies a checkpoint to where it is kept, so that at no moment there is a kept one that is not whole.</summary>
/// <param name="folder">The run folder.</param>
/// <param name="link">Whether to link rather than to copy, where that can be.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptCopy(string folder, bool link, TimeProvider time)
{
    /// <summary>Copies a checkpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the copying between two files; nothing is left behind.</param>
    /// <returns>The bytes that were kept.</returns>
    /// <exception cref="IOException">The disk is full, or the checkpoint went or changed meanwhile, or is not whole.</exception>
    public long Make(string name, CancellationToken cancellation)
    {
        var source = Path.Combine(folder, name);
        var target = Path.Combine(folder, KeptPath.Of(name));
        var incoming = Path.Combine(folder, KeptPath.Of($"{KeptPath.IncomingPrefix}{name}-{Environment.ProcessId}"));
        try
        {
            var files = SourceFiles.Of(source);
            LeaveRoom(name, files.Sum(file => file.Length));
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                Copy(Path.Combine(source, file.Path), Path.Combine(incoming, file.Path));
            }

            if (!SourceFiles.Of(source).SequenceEqual(files)) throw new IOException($"{name} changed while it was being copied.");
            Verify(name, incoming);
            Directory.Move(incoming, target);
            return files.Sum(file => file.Length);
        }
        catch
        {
            if (Directory.Exists(incoming)) Directory.Delete(incoming, recursive: true);
            throw;
        }
    }

    /// <summary>Does not fill the disk to its end, not even for a moment: the trainer's next save would fail.</summary>
    private void LeaveRoom(string name, long bytes)
    {
        // Shared blocks take no room.
        if (link || new DriveInfo(Path.GetFullPath(folder)) is not { DriveFormat: not ("btrfs" or "xfs" or "bcachefs" or "zfs") } drive) return;
        if (drive.AvailableFreeSpace < bytes) throw new IOException($"there is no room for the {bytes} bytes of {name}.");
    }

    private void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // The state tells a kept checkpoint from one that a fork wrote over it: it must not change with that one.
        if (link && Path.GetFileName(target) != CheckpointFiles.StateFileName && HardLink.TryMake(source, target)) return;

        if (new FileInfo(source).Length == 0)
        {
            // To copy it would be to open it; and a pipe is as empty.
            File.WriteAllBytes(target, []);
            return;
        }

        // Shares the blocks where the file system can (FICLONE), else copies them.
        File.Copy(source, target);
        // Without that the new name could outlive a power failure, and the bytes not. Only Windows needs the right to write for it.
        using var copied = File.OpenHandle(target, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read);
        RandomAccess.FlushToDisk(copied);
    }

    private void Verify(string name, string incoming)
    {
        if (!CheckpointName.TryParse(name, out var parsed) || CheckpointFiles.Of(incoming) is not { } files) throw new IOException($"{name} has no files.");
        var verified = CheckpointVerifier.Verify([new CheckpointCandidate(name, incoming, parsed, files)], time.GetUtcNow(), CancellationToken.None)[0];
        if (verified.State != CheckpointState.Complete) throw new IOException($"What was copied of {name} is {verified.State.Spelling()}{(verified.Faults is [var fault, ..] ? $": {fault}" : "")}.");
        if (TrainerStateReader.Read(Path.Combine(incoming, CheckpointFiles.StateFileName)).Fault is { } unread) throw new IOException($"The copy of {name} has no readable state: {unread.Message}.");
    }
}
