using Podium.Server.Listing;
using Podium.Storage.Jobs;

namespace Podium.Server.OpenAi;

/// <summary>A checkpoint as OpenAI's clients read it.</summary>
internal sealed record FineTuningCheckpoint(
    string Object, string Id, long CreatedAt, string FineTunedModelCheckpoint, long StepNumber, FineTuningCheckpointMetrics Metrics, string FineTuningJobId)
{
    public static FineTuningCheckpoint Of(JobRow job, ListedCheckpoint checkpoint) => new(
        "fine_tuning.job.checkpoint",
        FineTuningJob.NameOf(job, checkpoint.Path),
        checkpoint.CreatedAt is { } time ? new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeSeconds() : job.CreatedAt / 1000,
        FineTuningJob.NameOf(job, checkpoint.Path),
        checkpoint.Step,
        new FineTuningCheckpointMetrics(checkpoint.Step, checkpoint.TrainLoss, null, checkpoint.EvalLoss, checkpoint.EvalLoss, null, null),
        job.JobId);
}

/// <summary>What was measured at its step.</summary>
internal sealed record FineTuningCheckpointMetrics(
    double Step, double? TrainLoss, double? TrainMeanTokenAccuracy, double? ValidLoss, double? FullValidLoss, double? ValidMeanTokenAccuracy, double? FullValidMeanTokenAccuracy);
