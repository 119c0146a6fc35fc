using Podium.Histories;
using Podium.Ranking;

namespace Podium.Storage.Jobs;

/// <summary>A run of a run folder on its way into a job.</summary>
/// <param name="Run">The run, with all that the folder tells of it.</param>
public sealed record ImportedRun(Run Run)
{
    /// <summary>What of its history stands in state files: that is trusted more than what was reported. The rest comes from event files and other logs, and is trusted less.</summary>
    public TrainingHistory InStateFiles { get; init; } = Run.History;
}
