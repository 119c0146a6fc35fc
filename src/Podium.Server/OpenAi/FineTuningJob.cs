using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.OpenAi;

/// <summary>A job as OpenAI's clients read it.</summary>
internal sealed record FineTuningJob
{
    public required string Object { get; init; }

    public required string Id { get; init; }

    public required string Model { get; init; }

    public required long CreatedAt { get; init; }

    public required long? FinishedAt { get; init; }

    /// <summary>The best checkpoint, once the job has come to its end.</summary>
    public required string? FineTunedModel { get; init; }

    public required string OrganizationId { get; init; }

    public required IReadOnlyList<string> ResultFiles { get; init; }

    /// <summary>queued, running, succeeded, failed or cancelled.</summary>
    public required string Status { get; init; }

    public required string? ValidationFile { get; init; }

    public required string TrainingFile { get; init; }

    public required FineTuningHyperparameters Hyperparameters { get; init; }

    public required long? TrainedTokens { get; init; }

    public required FineTuningError? Error { get; init; }

    public required int Seed { get; init; }

    public required long? EstimatedFinish { get; init; }

    public required IReadOnlyList<string> Integrations { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public static FineTuningJob Of(JobRow job)
    {
        var status = StatusOf(job.Status);
        var isOver = status is "succeeded" or "failed" or "cancelled";
        var finishedAt = isOver ? WireTime.SecondsOf(job.CompletedAt ?? job.UpdatedAt) : null;
        return new FineTuningJob
        {
            Object = "fine_tuning.job",
            Id = job.JobId,
            Model = job.ModelName ?? job.ModelDisplayName ?? "",
            // A folder that was imported later was a job before.
            CreatedAt = Math.Min(job.CreatedAt, job.StartedAt ?? job.CreatedAt) / 1000,
            FinishedAt = finishedAt,
            FineTunedModel = status == "succeeded" && job.BestCheckpointPath is { } best ? NameOf(job, best) : null,
            OrganizationId = "podium",
            ResultFiles = [],
            Status = status,
            ValidationFile = null,
            TrainingFile = job.DatasetName ?? job.DatasetPath ?? "",
            Hyperparameters = new FineTuningHyperparameters(job.TotalEpochs is { } epochs ? (long)Math.Ceiling(epochs) : null, job.BatchSize, null),
            TrainedTokens = null,
            Error = status == "failed" ? new FineTuningError("training_failed", job.Error ?? "The training has failed.", null) : null,
            Seed = 0,
            EstimatedFinish = !isOver && job.RemainingSeconds is { } left ? (job.UpdatedAt / 1000) + (long)left : null,
            Integrations = [],
            Metadata = job.JobName is { } name ? new Dictionary<string, string>(StringComparer.Ordinal) { ["job_name"] = name } : new Dictionary<string, string>(StringComparer.Ordinal),
        };
    }

    /// <summary>What a checkpoint of a job is called as a model.</summary>
    public static string NameOf(JobRow job, string checkpoint) => $"{job.JobId}:{checkpoint}";

    // OpenAI's jobs cannot pause: one that does is still under way.
    private static string StatusOf(string status) => status switch
    {
        JobStatus.Queued or JobStatus.Pending => "queued",
        JobStatus.Completed => "succeeded",
        JobStatus.Failed => "failed",
        JobStatus.Cancelled => "cancelled",
        _ => "running",
    };
}

/// <summary>Settings as far as OpenAI's clients know of them.</summary>
internal sealed record FineTuningHyperparameters(long? NEpochs, long? BatchSize, double? LearningRateMultiplier);

/// <summary>Why a job failed.</summary>
internal sealed record FineTuningError(string Code, string Message, string? Param);
