using Podium.Histories;

namespace Podium.Ranking;

/// <summary>One training trajectory: what was logged, and what was saved along it.</summary>
/// <param name="History">The longest history known of the run.</param>
/// <param name="Checkpoints">Its checkpoints, in any order.</param>
public sealed record Run(TrainingHistory History, IReadOnlyList<Checkpoint> Checkpoints)
{
    /// <summary>What the trainer itself kept as its best, if it kept one.</summary>
    public TrainerChoice TrainerChoice { get; init; }
}

/// <summary>What a Hugging Face Trainer noted about the best checkpoint it has seen.</summary>
/// <param name="BestMetric"><c>best_metric</c>: the value of the metric it was told to choose by; its name is not in the file.</param>
/// <param name="BestGlobalStep"><c>best_global_step</c>; older versions do not write it.</param>
/// <param name="BestCheckpointStep">The number at the end of <c>best_model_checkpoint</c>; the rest of that path may be of another machine.</param>
public readonly record struct TrainerChoice(double? BestMetric, long? BestGlobalStep, long? BestCheckpointStep);
