using System.Security.Cryptography;
using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Following;

/// <summary>The folder of kept checkpoints: what is in it, and how something leaves it.</summary>
/// <param name="folder">The run folder.</param>
internal sealed class KeptFolder(string folder)
{
    private readonly string _kept = Path.Combine(folder, PodiumFolder.Kept);

    /// <summary>The names of those that are kept.</summary>
    public HashSet<string> Names() =>
        CheckpointCandidate.KeptBelow(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).ToHashSet(StringComparer.Ordinal);

    /// <summary>Clears away what a killed process left half copied or half deleted; only its lock's holder may.</summary>
    /// <param name="withTrash">Whether what is half deleted goes too, which takes the right to delete.</param>
    public void ClearLeftovers(bool withTrash)
    {
        foreach (var path in CheckpointCandidate.KeptBelow(folder).ToArray())
            if (Path.GetFileName(path) is var name && (name.StartsWith(KeptPath.IncomingPrefix, StringComparison.Ordinal) || (withTrash && name.StartsWith(PodiumFolder.TrashPrefix, StringComparison.Ordinal))))
                Directory.Delete(path, recursive: true);
    }

    /// <summary>Deletes a kept checkpoint; it stops to be one before its first file goes.</summary>
    public void Release(string name) => Trash.Delete(folder, KeptPath.Of(name));

    /// <summary>
    /// Gives way to checkpoints of another history that were saved under the names of kept ones, as after a fork: the kept
    /// ones get names of their own, for they may still be the best of their run.
    /// </summary>
    /// <returns>Whether any name changed.</returns>
    public bool SettleCollisions()
    {
        var changed = false;
        foreach (var name in Names())
        {
            var (own, kept) = (Path.Combine(folder, name), Path.Combine(_kept, name));
            if (!File.Exists(StateOf(own)) || !File.Exists(StateOf(kept)) || KeptTwin.HaveTheSameState(own, kept)) continue;

            var hash = Hash(StateOf(kept));
            var renamed = Path.Combine(_kept, $"{name}_{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
            // The same one was there already.
            if (Directory.Exists(renamed)) Release(name);
            else Directory.Move(kept, renamed);
            changed = true;
        }

        return changed;
    }

    private static string StateOf(string checkpoint) => Path.Combine(checkpoint, CheckpointFiles.StateFileName);

    private static byte[] Hash(string path)
    {
        using var stream = SharedFile.OpenStream(path, bufferSize: 4096);
        return SHA256.HashData(stream);
    }
}
