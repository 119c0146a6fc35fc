using System.Text.Json;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Server.Jobs;

/// <summary>A job to be made, as it is sent. All fields are optional.</summary>
internal sealed record NewJob
{
    /// <summary>The longest path that is kept.</summary>
    public const int LongestPath = 4096;

    private const string Known = "job_id, job_name, model_name, model_display_name, dataset_name, dataset_path, output_dir, total_steps, total_epochs, batch_size, gradient_accumulation_steps, total_samples, train_samples, val_samples, strategy, resumed_from_job_id, resume_from_checkpoint, config";

    /// <summary>Its name for programs; one is made where none is given.</summary>
    public string? JobId { get; init; }

    public string? JobName { get; init; }

    public string? ModelName { get; init; }

    public string? ModelDisplayName { get; init; }

    public string? DatasetName { get; init; }

    public string? DatasetPath { get; init; }

    /// <summary>Where the trainer writes its checkpoints.</summary>
    public string? OutputDir { get; init; }

    public long? TotalSteps { get; init; }

    public double? TotalEpochs { get; init; }

    public long? BatchSize { get; init; }

    public long? GradientAccumulationSteps { get; init; }

    public long? TotalSamples { get; init; }

    public long? TrainSamples { get; init; }

    public long? ValSamples { get; init; }

    /// <summary>How to rank it; the server's way where none is given.</summary>
    public string? Strategy { get; init; }

    public string? ResumedFromJobId { get; init; }

    public string? ResumeFromCheckpoint { get; init; }

    /// <summary>The settings of the training.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Reads the fields; what is wrong with them is noted there.</summary>
    public static JobRow RowOf(JsonFields fields, ServerLimits limits)
    {
        var jobId = fields.Text("job_id", limits);
        if (jobId is not null && JobNames.FaultOf(jobId) is { } fault) fields.Fault(fault);
        var row = new JobRow
        {
            JobId = jobId ?? JobNames.Make(),
            Status = JobStatus.Pending,
            JobName = fields.Text("job_name", limits),
            ModelName = fields.Text("model_name", limits),
            ModelDisplayName = fields.Text("model_display_name", limits),
            DatasetName = fields.Text("dataset_name", limits),
            DatasetPath = fields.Text("dataset_path", LongestPath),
            OutputDir = fields.Text("output_dir", LongestPath),
            TotalSteps = fields.Whole("total_steps", 1),
            TotalEpochs = fields.Number("total_epochs"),
            BatchSize = fields.Whole("batch_size", 1),
            GradientAccumulationSteps = fields.Whole("gradient_accumulation_steps", 1),
            TotalSamples = fields.Whole("total_samples", 0),
            TrainSamples = fields.Whole("train_samples", 0),
            ValSamples = fields.Whole("val_samples", 0),
            Strategy = StrategyOf(fields, limits),
            ResumedFromJobId = fields.Text("resumed_from_job_id", limits),
            ResumeFromCheckpoint = fields.Text("resume_from_checkpoint", LongestPath),
            Config = fields.Object("config"),
        };
        fields.RefuseOthers(Known);
        return row;
    }

    /// <summary>A strategy by its name; null where none is given.</summary>
    public static string? StrategyOf(JsonFields fields, ServerLimits limits)
    {
        if (fields.Text("strategy", limits) is not { } text) return null;
        return StrategyParser.TryParse(text, out var strategy, out var fault) ? strategy.Name : fields.Fault($"strategy: {fault}");
    }
}
