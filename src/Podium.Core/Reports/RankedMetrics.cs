using Podium.Histories;
using Podium.Strategies;

namespace Podium.Reports;

/// <summary>Which metrics a ranking reads: of a long run, all others need not be held in memory.</summary>
public static class RankedMetrics
{
    /// <summary>Whether a ranking under a strategy could read a metric.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="strategy">The strategy; null: the default.</param>
    public static bool Include(string metric, Strategy? strategy) =>
        metric is MetricKeys.Loss or MetricKeys.Epoch or MetricKeys.TrainRuntime
        || metric.StartsWith(MetricKeys.EvalPrefix, StringComparison.Ordinal)
        || metric.StartsWith("reward", StringComparison.Ordinal)
        || (strategy is MetricStrategy named && named.Metric == metric)
        // What the trainer chose by is known by its value alone: it could be any.
        || strategy is TrainerStrategy;
}
