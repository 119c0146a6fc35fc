using Podium.Checkpoints.Folders;
using Podium.Checkpoints.TrainerStates;
using Podium.Histories;

namespace Podium.Checkpoints.Runs;

/// <summary>A run as it lies on disk: its longest history, and the checkpoints along it.</summary>
internal sealed record SavedRun(TrainingHistory History, StateFacts? Facts, List<SavedCheckpoint> Checkpoints)
{
    /// <summary>What of the history stands in state files; other logs may have filled its gaps since.</summary>
    public TrainingHistory InStateFiles { get; init; } = History;
}

/// <summary>A checkpoint as it lies on disk.</summary>
/// <param name="candidate">Its folder.</param>
/// <param name="state">Its state file; null where it has none.</param>
internal sealed class SavedCheckpoint(CheckpointCandidate candidate, StateFile? state)
{
    public CheckpointCandidate Candidate { get; } = candidate;

    public StateFile? State { get; } = state;
}
