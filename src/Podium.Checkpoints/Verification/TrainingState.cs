using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Verification.Torch;
using Podium.Ranking;

namespace Podium.Checkpoints.Verification;

/// <summary>Whether a training can go on from a checkpoint.</summary>
internal static class TrainingState
{
    /// <summary>Checks the files of which only a training that goes on has need.</summary>
    public static void Check(Findings findings)
    {
        foreach (var file in findings.Candidate.Files.Known)
        {
            if (file.Kind is not (CheckpointFileKind.Optimizer or CheckpointFileKind.Scheduler or CheckpointFileKind.RandomState or CheckpointFileKind.LossScaler)) continue;
            var isWhole = findings.Take(TorchFileReader.Read(findings.FullPath(file.Path), file.Path, TorchDepth.Directory)) is not null;
            if (file.Kind == CheckpointFileKind.Optimizer) findings.HasOptimizer |= isWhole;
            if (file.Kind == CheckpointFileKind.Scheduler) findings.HasScheduler = isWhole || findings.HasScheduler == true;
            if (file.Kind == CheckpointFileKind.RandomState) findings.HasRandomStates |= isWhole;
        }
    }

    /// <summary>Whether weights, optimizer and scheduler are there and whole.</summary>
    /// <param name="findings">The checkpoint.</param>
    /// <param name="state">The state that was decided on.</param>
    public static bool IsResumable(Findings findings, CheckpointState state)
    {
        var hasShards = findings.Shards is { IsWhole: true };
        var hasWeights = state == CheckpointState.Complete || (state == CheckpointState.NeedsConsolidation && hasShards);
        if (!hasWeights) return false;
        if (hasShards && findings.Shards!.HasOptimizer)
        {
            // DeepSpeed keeps a scheduler of its own among its shards; FSDP has none.
            var keepsScheduler = findings.Candidate.Files.Of(CheckpointFileKind.DeepSpeedShard).Any();
            return findings.HasScheduler ?? keepsScheduler;
        }

        return findings.HasOptimizer && findings.HasScheduler == true;
    }

    /// <summary>Notes what a training that goes on would lack.</summary>
    public static void NoteLacks(Findings findings)
    {
        if (!findings.HasRandomStates) findings.Notes.Add("No random states are saved: after resuming, the order of the data and dropout will differ.");
        var isOneFile = findings.Candidate.Files.Known is [{ Path: "" }];
        if (!isOneFile && findings.Candidate.Files.StateBytes is null) findings.Notes.Add("There is no trainer_state.json: after resuming, the Trainer begins to count from 0.");
    }
}
