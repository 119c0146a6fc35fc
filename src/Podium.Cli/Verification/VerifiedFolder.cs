using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;
using Podium.Ranking;

namespace Podium.Cli.Verification;

/// <summary>A checkpoint with what was found in it.</summary>
/// <param name="Path">Its folder, relative to the run folder.</param>
/// <param name="Step">Its step; null where its state could not be read and its name has none.</param>
/// <param name="SizeBytes">The bytes of all its files; null where its state could not be read.</param>
/// <param name="Verification">What was found.</param>
internal sealed record VerifiedCheckpoint(string Path, long? Step, long? SizeBytes, CheckpointVerification Verification);

/// <summary>A run folder with what was found in its checkpoints, the newest step first.</summary>
internal sealed record VerifiedFolder(string Folder, IReadOnlyList<VerifiedCheckpoint> Checkpoints)
{
    /// <summary>Whether anything in it is not as it was written, or not written to its end.</summary>
    public bool HasDamage => Checkpoints.Any(checkpoint => checkpoint.Verification.State is CheckpointState.Damaged or CheckpointState.Incomplete);

    /// <summary>Of all checkpoints of a folder, whichever run they are of, and those whose state cannot be read besides.</summary>
    public static VerifiedFolder Of(RunFolder folder)
    {
        var known = folder.Runs.SelectMany(run => run.Run.Checkpoints).DistinctBy(checkpoint => checkpoint.Path, StringComparer.Ordinal).ToDictionary(checkpoint => checkpoint.Path, StringComparer.Ordinal);
        var checkpoints = folder.Verifications.Select(verified => known.TryGetValue(verified.Key, out var checkpoint)
            ? new VerifiedCheckpoint(verified.Key, checkpoint.Step, checkpoint.SizeBytes, verified.Value)
            : new VerifiedCheckpoint(verified.Key, CheckpointName.TryParse(Path.GetFileName(verified.Key), out var name) ? name.Step : null, null, verified.Value));
        return new VerifiedFolder(folder.Path, [.. checkpoints.OrderByDescending(checkpoint => checkpoint.Step).ThenBy(checkpoint => checkpoint.Path, NaturalOrder.Instance)]);
    }

    /// <summary>How many checkpoints there are of each state, the states in their order.</summary>
    public IEnumerable<(CheckpointState State, int Count)> Counts() =>
        Checkpoints.GroupBy(checkpoint => checkpoint.Verification.State).OrderBy(group => group.Key).Select(group => (group.Key, group.Count()));
}
