using Podium.Analysis;
using Podium.Histories;

namespace Podium.Storage.Jobs;

/// <summary>Writes the newest values of known metrics into a job's row.</summary>
internal static class StatusFields
{
    /// <summary>Takes in an entry of the newest run.</summary>
    /// <param name="row">The row.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="isNewest">Whether its step is the newest; an older one that comes late changes nothing that is shown.</param>
    public static void Take(JobRow row, in JobReportEntry entry, bool isNewest)
    {
        if (!isNewest) return;
        row.CurrentStep = entry.Step;
        foreach (var (metric, any) in entry.Metrics)
        {
            double? value = double.IsFinite(any) ? any : null;
            switch (metric)
            {
                case MetricKeys.Loss:
                    row.Loss = value;
                    row.TrainPerplexity = Perplexities.Of(value);
                    break;
                case MetricKeys.EvalLoss:
                    row.EvalLoss = value;
                    row.EvalPerplexity = Perplexities.Of(value);
                    break;
                case MetricKeys.Epoch: row.CurrentEpoch = value; break;
                case MetricKeys.LearningRate: row.LearningRate = value; break;
                case "grad_norm": row.GradNorm = value; break;
                case "samples_per_second" or "train_samples_per_second": row.SamplesPerSecond = value; break;
                case "tokens_per_second" or "train_tokens_per_second": row.TokensPerSecond = value; break;
                case "gpu_memory_allocated_gb": row.GpuMemoryAllocatedGb = value; break;
                case "gpu_memory_reserved_gb": row.GpuMemoryReservedGb = value; break;
                case "gpu_total_memory_gb": row.GpuTotalMemoryGb = value; break;
                case "gpu_utilization_percent": row.GpuUtilizationPercent = value; break;
            }
        }

        row.Perplexity = row.EvalPerplexity ?? row.TrainPerplexity;
        if (row.TotalSteps is > 0 and var total)
        {
            row.Progress = Math.Clamp(100.0 * entry.Step / total, 0, 100);
            // max_steps wins over num_train_epochs: how many epochs that makes is seen as it goes.
            if (row is { CurrentEpoch: > 0 and var epoch, TotalEpochs: null } && entry.Step > 0) row.TotalEpochs = epoch * total / entry.Step;
        }
        else if (row is { CurrentEpoch: { } done, TotalEpochs: > 0 and var all })
        {
            row.Progress = Math.Clamp(100.0 * done / all, 0, 100);
        }
    }
}
