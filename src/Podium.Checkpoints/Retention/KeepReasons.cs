using Podium.Checkpoints.RunFolders;

namespace Podium.Checkpoints.Retention;

/// <summary>Why checkpoints are left as they are, by path. The reasons that hold for deleting and for taking out training states alike are here.</summary>
internal sealed class KeepReasons
{
    private readonly Dictionary<string, IReadOnlyList<string>> _reasons = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _reasons;

    public void Add(string path, string reason)
    {
        var others = _reasons.GetValueOrDefault(path) ?? [];
        if (!others.Contains(reason, StringComparer.Ordinal)) _reasons[path] = [.. others, reason];
    }

    /// <summary>What somebody named, and what is none of ours to decide about.</summary>
    public void AddCommon(FolderRanking ranking, RetentionPolicy policy, IReadOnlyDictionary<string, CheckpointFacts> facts)
    {
        foreach (var path in ranking.Folder.Verifications.Keys)
        {
            if (policy.Keep.Any(name => RetentionPolicy.IsNamed(ranking.Folder.Path, path, name))) Add(path, "named");
            if (facts.GetValueOrDefault(path, CheckpointFacts.None).IsLink) Add(path, "is a link");
        }

        foreach (var unreadable in ranking.Folder.Unreadable) Add(unreadable.Path, "cannot be read");

        // Beside the checkpoint that it is a copy of it is in no run.
        if (ranking.Folder.Verifications.ContainsKey(LastCheckpoint) && !ranking.Runs.Any(run => run.Checkpoints.Any(ranked => ranked.Checkpoint.Path == LastCheckpoint)))
            Add(LastCheckpoint, "a copy that its trainer looks after");
    }

    private const string LastCheckpoint = "last-checkpoint";
}
