namespace Podium.Storage.Jobs;

/// <summary>A job as it is kept: what it is, how far it is, and its best checkpoint so far.</summary>
/// <remarks>Times are milliseconds since 1970 UTC. Numbers that are not finite are kept as null.</remarks>
public sealed record JobRow
{
    /// <summary>Its name for programs; also the MLflow run's and the OpenAI job's.</summary>
    public required string JobId { get; init; }

    /// <summary>Counts every entry and event of the job.</summary>
    public long Seq { get; set; }

    /// <summary>Its name for people.</summary>
    public string? JobName { get; set; }

    /// <summary>The model that is trained.</summary>
    public string? ModelName { get; set; }

    /// <summary>The model's name for people.</summary>
    public string? ModelDisplayName { get; set; }

    /// <summary>The data it is trained on.</summary>
    public string? DatasetName { get; set; }

    /// <summary>Where that data is.</summary>
    public string? DatasetPath { get; set; }

    /// <summary>Where the trainer says that it writes its checkpoints.</summary>
    public string? OutputDir { get; set; }

    /// <summary>Where its run folder is here, once that is known.</summary>
    public string? RunFolder { get; set; }

    /// <summary>The host that has that folder, or will, where it is made of uploads; null: the folder is the trainer's own.</summary>
    public string? RunFolderHost { get; set; }

    /// <summary>The run of which the job speaks, where that is an older one that has gone on; null: the one that began last.</summary>
    public long? NewestRun { get; set; }

    /// <summary>queued, pending, running, completed, failed, cancelled or paused.</summary>
    public required string Status { get; set; }

    /// <summary>Its own strategy; null: the server's.</summary>
    public string? Strategy { get; set; }

    /// <summary>0 to 100.</summary>
    public double? Progress { get; set; }

    /// <summary>The epoch, a fraction.</summary>
    public double? CurrentEpoch { get; set; }

    /// <summary>How many epochs there will be.</summary>
    public double? TotalEpochs { get; set; }

    /// <summary>The newest step of the newest run.</summary>
    public long? CurrentStep { get; set; }

    /// <summary>How many steps there will be.</summary>
    public long? TotalSteps { get; set; }

    /// <summary>The newest training loss, in nats a token.</summary>
    public double? Loss { get; set; }

    /// <summary>The newest evaluation loss, in nats a token.</summary>
    public double? EvalLoss { get; set; }

    /// <summary>e to the power of the newest evaluation loss, else of the training loss.</summary>
    public double? Perplexity { get; set; }

    /// <summary>e to the power of the newest evaluation loss.</summary>
    public double? EvalPerplexity { get; set; }

    /// <summary>e to the power of the newest training loss.</summary>
    public double? TrainPerplexity { get; set; }

    /// <summary>The evaluation loss of the best checkpoint, or of the best evaluation while there is no checkpoint.</summary>
    public double? BestEvalLoss { get; set; }

    /// <summary>Its epoch, rounded.</summary>
    public long? BestEpoch { get; set; }

    /// <summary>Its step.</summary>
    public long? BestStep { get; set; }

    /// <summary>Its path, as the listing has it; null while there is no checkpoint.</summary>
    public string? BestCheckpointPath { get; set; }

    /// <summary>The lowest evaluation loss, whatever the strategy.</summary>
    public double? LowestEvalLoss { get; set; }

    /// <summary>Its step.</summary>
    public long? LowestEvalLossStep { get; set; }

    /// <summary>How many evaluations in a row, up to the newest, did not improve on the one before.</summary>
    public long? EpochsWithoutImprovement { get; set; }

    /// <summary>How many evaluations came after the best one.</summary>
    public long? EvaluationsSinceBest { get; set; }

    /// <summary>improving, stable, degrading or insufficient_data.</summary>
    public string? LossTrend { get; set; }

    /// <summary>The newest learning rate.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The newest gradient norm.</summary>
    public double? GradNorm { get; set; }

    /// <summary>The batch size of one device.</summary>
    public long? BatchSize { get; set; }

    /// <summary>How many batches make one step.</summary>
    public long? GradientAccumulationSteps { get; set; }

    /// <summary>How many samples there are.</summary>
    public long? TotalSamples { get; set; }

    /// <summary>How many are trained on.</summary>
    public long? TrainSamples { get; set; }

    /// <summary>How many are evaluated on.</summary>
    public long? ValSamples { get; set; }

    /// <summary>Samples a second, as the trainer last said.</summary>
    public double? SamplesPerSecond { get; set; }

    /// <summary>Tokens a second, as the trainer last said.</summary>
    public double? TokensPerSecond { get; set; }

    /// <summary>As the trainer last said.</summary>
    public double? GpuMemoryAllocatedGb { get; set; }

    /// <summary>As the trainer last said.</summary>
    public double? GpuMemoryReservedGb { get; set; }

    /// <summary>As the trainer last said.</summary>
    public double? GpuTotalMemoryGb { get; set; }

    /// <summary>As the trainer last said.</summary>
    public double? GpuUtilizationPercent { get; set; }

    /// <summary>How long it has been trained, in seconds.</summary>
    public double? ElapsedSeconds { get; set; }

    /// <summary>How long it will still take, in seconds.</summary>
    public double? RemainingSeconds { get; set; }

    /// <summary>When it became known.</summary>
    public long CreatedAt { get; set; }

    /// <summary>When it began.</summary>
    public long? StartedAt { get; set; }

    /// <summary>When it ended.</summary>
    public long? CompletedAt { get; set; }

    /// <summary>When anything of it last changed.</summary>
    public long UpdatedAt { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; set; }

    /// <summary>What to know about it.</summary>
    public string? Warning { get; set; }

    /// <summary>What kind of warning that is, e.g. <c>no-evaluation</c>; the ranking takes back only its own.</summary>
    public string? WarningCode { get; set; }

    /// <summary>Its settings, a JSON object.</summary>
    public string? Config { get; set; }

    /// <summary>The job that it goes on from.</summary>
    public string? ResumedFromJobId { get; set; }

    /// <summary>The checkpoint that it goes on from.</summary>
    public string? ResumeFromCheckpoint { get; set; }
}
