using Podium.Checkpoints.TrainerStates;
using Podium.Checkpoints.Verification;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Checkpoints.RunFolders;

/// <summary>A folder with the checkpoints of one or several runs, as it was when it was read.</summary>
public sealed record RunFolder
{
    /// <summary>The folder, as it was given.</summary>
    public required string Path { get; init; }

    /// <summary>Its runs, the one that was saved last first. One that forked shares the checkpoints before the fork with another.</summary>
    public required IReadOnlyList<FolderRun> Runs { get; init; }

    /// <summary>Checkpoints whose files could not be read, and why.</summary>
    public required IReadOnlyList<UnreadableCheckpoint> Unreadable { get; init; }

    /// <summary>Of each checkpoint, by its path, whether it could be used, and why not; of unreadable ones too.</summary>
    public required IReadOnlyDictionary<string, CheckpointVerification> Verifications { get; init; }

    /// <summary>What a reader should know about the folder.</summary>
    public required IReadOnlyList<RankingNote> Warnings { get; init; }
}

/// <summary>A run of a folder.</summary>
/// <param name="Run">Its history and its checkpoints, for the ranking.</param>
/// <param name="Facts">What its longest state file says besides the log; null where it has none.</param>
public sealed record FolderRun(Run Run, StateFacts? Facts)
{
    /// <summary>What of its history stands in state files, which are trusted most; other logs have filled in the rest.</summary>
    public TrainingHistory InStateFiles { get; init; } = Run.History;
}

/// <summary>A checkpoint that could not be read.</summary>
/// <param name="Path">Its folder, relative to the run folder.</param>
/// <param name="Fault">Why.</param>
public sealed record UnreadableCheckpoint(string Path, ReadFault Fault);
