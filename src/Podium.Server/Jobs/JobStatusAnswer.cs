using System.Text.Json;
using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.Jobs;

/// <summary>A job's status as it is answered. Programs read these names: they never change, and fields are only added.</summary>
public sealed record JobStatusAnswer
{
    public required string JobId { get; init; }

    public required string? JobName { get; init; }

    public required string? ModelName { get; init; }

    public required string? ModelDisplayName { get; init; }

    public required string? DatasetName { get; init; }

    public required string? DatasetPath { get; init; }

    /// <summary>queued, pending, running, completed, failed, cancelled or paused.</summary>
    public required string Status { get; init; }

    /// <summary>0 to 100.</summary>
    public required double? Progress { get; init; }

    public required double? CurrentEpoch { get; init; }

    public required double? TotalEpochs { get; init; }

    public required long? CurrentStep { get; init; }

    public required long? TotalSteps { get; init; }

    public required double? Loss { get; init; }

    public required double? EvalLoss { get; init; }

    public required double? Perplexity { get; init; }

    public required double? EvalPerplexity { get; init; }

    public required double? TrainPerplexity { get; init; }

    public required double? BestEvalLoss { get; init; }

    public required long? BestEpoch { get; init; }

    public required long? BestStep { get; init; }

    /// <summary>The path of that checkpoint in the listing; null while no checkpoint is known.</summary>
    public required string? BestCheckpointPath { get; init; }

    /// <summary>How the job is ranked.</summary>
    public required string Strategy { get; init; }

    public required double? LowestEvalLoss { get; init; }

    public required long? LowestEvalLossStep { get; init; }

    public required long? EpochsWithoutImprovement { get; init; }

    public required long? EvaluationsSinceBest { get; init; }

    public required string? LossTrend { get; init; }

    public required double? LearningRate { get; init; }

    public required double? GradNorm { get; init; }

    public required long? BatchSize { get; init; }

    public required long? GradientAccumulationSteps { get; init; }

    public required long? TotalSamples { get; init; }

    public required long? TrainSamples { get; init; }

    public required long? ValSamples { get; init; }

    public required double? SamplesPerSecond { get; init; }

    public required double? TokensPerSecond { get; init; }

    public required double? GpuMemoryAllocatedGb { get; init; }

    public required double? GpuMemoryReservedGb { get; init; }

    public required double? GpuTotalMemoryGb { get; init; }

    public required double? GpuUtilizationPercent { get; init; }

    public required double? ElapsedSeconds { get; init; }

    public required double? RemainingSeconds { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime? StartedAt { get; init; }

    public required DateTime? CompletedAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    public required string? Error { get; init; }

    public required string? Warning { get; init; }

    /// <summary>The settings of the training, an object.</summary>
    public required JsonElement? Config { get; init; }

    public required string? ResumedFromJobId { get; init; }

    public required string? ResumeFromCheckpoint { get; init; }

    /// <summary>Where the trainer says that it writes.</summary>
    public required string? OutputDir { get; init; }

    /// <summary>Where that is here; null while it is not known.</summary>
    public required string? RunFolder { get; init; }

    /// <summary>Makes the answer of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="serverStrategy">How jobs without a strategy of their own are ranked.</param>
    /// <param name="now">The time.</param>
    public static JobStatusAnswer Of(JobRow row, string serverStrategy, DateTimeOffset now) => new()
    {
        JobId = row.JobId,
        JobName = row.JobName,
        ModelName = row.ModelName,
        ModelDisplayName = row.ModelDisplayName ?? row.ModelName,
        DatasetName = row.DatasetName,
        DatasetPath = row.DatasetPath,
        Status = row.Status,
        Progress = row.Progress,
        CurrentEpoch = row.CurrentEpoch,
        TotalEpochs = row.TotalEpochs,
        CurrentStep = row.CurrentStep,
        TotalSteps = row.TotalSteps,
        Loss = row.Loss,
        EvalLoss = row.EvalLoss,
        Perplexity = row.Perplexity,
        EvalPerplexity = row.EvalPerplexity,
        TrainPerplexity = row.TrainPerplexity,
        BestEvalLoss = row.BestEvalLoss,
        BestEpoch = row.BestEpoch,
        BestStep = row.BestStep,
        BestCheckpointPath = row.BestCheckpointPath,
        Strategy = row.Strategy ?? serverStrategy,
        LowestEvalLoss = row.LowestEvalLoss,
        LowestEvalLossStep = row.LowestEvalLossStep,
        EpochsWithoutImprovement = row.EpochsWithoutImprovement,
        EvaluationsSinceBest = row.EvaluationsSinceBest,
        LossTrend = row.LossTrend,
        LearningRate = row.LearningRate,
        GradNorm = row.GradNorm,
        BatchSize = row.BatchSize,
        GradientAccumulationSteps = row.GradientAccumulationSteps,
        TotalSamples = row.TotalSamples,
        TrainSamples = row.TrainSamples,
        ValSamples = row.ValSamples,
        SamplesPerSecond = row.SamplesPerSecond,
        TokensPerSecond = row.TokensPerSecond,
        GpuMemoryAllocatedGb = row.GpuMemoryAllocatedGb,
        GpuMemoryReservedGb = row.GpuMemoryReservedGb,
        GpuTotalMemoryGb = row.GpuTotalMemoryGb,
        GpuUtilizationPercent = row.GpuUtilizationPercent,
        ElapsedSeconds = ElapsedOf(row, now),
        RemainingSeconds = row.Status == JobStatus.Running ? row.RemainingSeconds : null,
        CreatedAt = WireTime.Of(row.CreatedAt),
        StartedAt = WireTime.Of(row.StartedAt),
        CompletedAt = WireTime.Of(row.CompletedAt),
        UpdatedAt = WireTime.Of(row.UpdatedAt),
        Error = row.Error,
        Warning = row.Warning,
        Config = ObjectOf(row.Config),
        ResumedFromJobId = row.ResumedFromJobId,
        ResumeFromCheckpoint = row.ResumeFromCheckpoint,
        OutputDir = row.OutputDir,
        RunFolder = row.RunFolder,
    };

    /// <summary>How long it has been trained; what does not run has a time that stands still.</summary>
    private static double? ElapsedOf(JobRow row, DateTimeOffset now)
    {
        // The old system kept the length itself.
        if (row.StartedAt is not { } began) return row.ElapsedSeconds;
        var end = row.CompletedAt ?? (row.Status == JobStatus.Running ? now.ToUnixTimeMilliseconds() : row.UpdatedAt);
        return Math.Max(0, end - began) / 1000.0;
    }

    /// <summary>An older system may have kept settings that are no JSON: then there are none to show.</summary>
    private static JsonElement? ObjectOf(string? config)
    {
        if (config is null) return null;
        try
        {
            return JsonElement.Parse(config);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Jobs, the newest first.</summary>
/// <param name="Jobs">One page of them.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Limit">How many a page has at most.</param>
/// <param name="Offset">How many stand before this page.</param>
internal sealed record JobsAnswer(IReadOnlyList<JobStatusAnswer> Jobs, long Total, int Limit, int Offset);

/// <summary>A job that was made.</summary>
/// <param name="JobId">Its name.</param>
/// <param name="JobToken">Reports to it and reads it, and nothing else. It is shown once.</param>
internal sealed record NewJobAnswer(string JobId, string JobToken);
