using Podium.Checkpoints.Folders;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Retention;

/// <summary>Where the bytes of a checkpoint went.</summary>
/// <param name="Path">The checkpoint, relative to the run folder.</param>
/// <param name="WeightsBytes">Weights, and the shards of an optimizer where they are all the weights there are.</param>
/// <param name="TrainingStateBytes">The optimizer, the scheduler, the random states, the loss scaler.</param>
/// <param name="OtherBytes">All else: tokenizer, history, arguments.</param>
public sealed record CheckpointUsage(string Path, long WeightsBytes, long TrainingStateBytes, long OtherBytes)
{
    /// <summary>All its bytes; 0 where it is a link to another place.</summary>
    public long SizeBytes => WeightsBytes + TrainingStateBytes + OtherBytes;

    /// <summary>Its step; null where it could not be read.</summary>
    public long? Step { get; init; }

    /// <summary>Whether it could be used.</summary>
    public CheckpointState State { get; init; }

    /// <summary>The runs that hold it, the one saved last being 1.</summary>
    public IReadOnlyList<int> Runs { get; init; } = [];
}

/// <summary>Where the bytes of a run folder went. A file of several names counts under each of them, as its length says.</summary>
public sealed record DiskUsage
{
    /// <summary>Its checkpoints, by step.</summary>
    public required IReadOnlyList<CheckpointUsage> Checkpoints { get; init; }

    /// <summary>Copies that were kept from rotation beside checkpoints that are still there.</summary>
    public required long KeptBytes { get; init; }

    /// <summary>Event files and logs.</summary>
    public required long LogsBytes { get; init; }

    /// <summary>What an earlier deletion left.</summary>
    public required long TrashBytes { get; init; }

    /// <summary>All else.</summary>
    public required long OtherBytes { get; init; }

    /// <summary>All bytes below the folder.</summary>
    public long SizeBytes => Checkpoints.Sum(checkpoint => checkpoint.SizeBytes) + KeptBytes + LogsBytes + TrashBytes + OtherBytes;

    /// <summary>What pruning by a policy would do.</summary>
    public required PruneSurvey Prune { get; init; }

    /// <summary>What taking out the training states would do.</summary>
    public required PruneSurvey Strip { get; init; }

    /// <summary>Adds up a folder.</summary>
    /// <param name="ranking">The folder, ranked.</param>
    /// <param name="policy">What is to stay, for what pruning would free.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is gone.</exception>
    public static DiskUsage Of(FolderRanking ranking, RetentionPolicy policy, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(time);
        var contents = FolderContents.Of(ranking.Folder.Path);
        var verifications = ranking.Folder.Verifications;
        long kept = 0, logs = 0, trash = 0, other = 0;
        foreach (var entry in contents.Entries)
        {
            var place = FolderContents.PlaceOf(entry.Path);
            if (verifications.ContainsKey(place)) continue;
            if (FolderContents.IsTrash(place)) trash += entry.Length;
            else if (place.StartsWith($"{PodiumFolder.Kept}/", StringComparison.Ordinal)) kept += entry.Length;
            else if (IsLog(entry.Path)) logs += entry.Length;
            else other += entry.Length;
        }

        return new DiskUsage
        {
            Checkpoints = [.. verifications.Keys.Select(path => OfCheckpoint(contents, ranking, path)).OrderBy(checkpoint => checkpoint.Step ?? long.MaxValue).ThenBy(checkpoint => checkpoint.Path, NaturalOrder.Instance)],
            KeptBytes = kept,
            LogsBytes = logs,
            TrashBytes = trash,
            OtherBytes = other,
            Prune = PruneSurvey.Of(contents, ranking, policy with { StripTrainingState = false }, force: false, time.GetUtcNow()),
            Strip = PruneSurvey.Of(contents, ranking, policy with { StripTrainingState = true }, force: false, time.GetUtcNow()),
        };
    }

    private static CheckpointUsage OfCheckpoint(FolderContents contents, FolderRanking ranking, string path)
    {
        var state = ranking.Folder.Verifications[path].State;
        long weights = 0, training = 0, other = 0;
        foreach (var entry in contents.FilesAt(path))
        {
            var kind = TrainingStateFiles.KindOf(path, entry);
            if (kind is CheckpointFileKind.Weights or CheckpointFileKind.WeightIndex) weights += entry.Length;
            else if (state == CheckpointState.NeedsConsolidation && kind is CheckpointFileKind.DeepSpeedShard or CheckpointFileKind.FsdpShard) weights += entry.Length;
            else if (kind.IsTrainingState()) training += entry.Length;
            else other += entry.Length;
        }

        List<int> runs = [];
        long? step = null;
        for (var run = 0; run < ranking.Runs.Count; run++)
        {
            if (ranking.Runs[run].Run.Checkpoints.FirstOrDefault(checkpoint => checkpoint.Path == path) is not { } checkpoint) continue;
            runs.Add(run + 1);
            step = checkpoint.Step;
        }

        return new CheckpointUsage(path, weights, training, other) { Step = step, State = state, Runs = runs };
    }

    private static bool IsLog(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        return name.StartsWith("events.out.tfevents.", StringComparison.Ordinal) || name.EndsWith(".log", StringComparison.Ordinal)
            || name.EndsWith(".jsonl", StringComparison.Ordinal) || name is "metrics.csv";
    }
}
