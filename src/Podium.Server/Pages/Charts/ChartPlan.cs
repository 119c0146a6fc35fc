using Podium.Histories;

namespace Podium.Server.Pages.Charts;

/// <summary>Which metrics of a run are drawn together, and what that is called.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Unit">What the numbers count; null where they have no unit.</param>
/// <param name="Keys">The metrics.</param>
internal sealed record ChartPlan(string Title, string? Unit, IReadOnlyList<string> Keys)
{
    private static readonly ChartPlan[] Standing =
    [
        new("Learning rate", null, ["learning_rate"]),
        new("Gradient norm", null, ["grad_norm"]),
        new("Throughput", "samples or tokens a second", ["samples_per_second", "tokens_per_second", "train_samples_per_second", "eval_samples_per_second"]),
        new("GPU memory", "GB", ["gpu_memory_allocated_gb", "gpu_memory_reserved_gb"]),
        new("GPU utilization", "%", ["gpu_utilization_percent"]),
    ];

    /// <summary>The losses of a run, which are drawn with the checkpoints upon them.</summary>
    public static ChartPlan Losses(IReadOnlyList<string> keys) => new("Loss", "nats a token", [.. keys.Where(IsLoss)]);

    /// <summary>What else people look at first.</summary>
    public static IEnumerable<ChartPlan> First(IReadOnlyList<string> keys) =>
        Standing.Select(plan => plan with { Keys = [.. plan.Keys.Where(key => keys.Contains(key, StringComparer.Ordinal))] }).Where(plan => plan.Keys.Count > 0);

    /// <summary>Every metric by itself.</summary>
    /// <param name="keys">The metrics of the run.</param>
    /// <param name="search">Only those whose names have this in them; null: all.</param>
    public static IEnumerable<ChartPlan> Each(IReadOnlyList<string> keys, string? search) =>
        keys.Where(key => search is null || key.Contains(search, StringComparison.OrdinalIgnoreCase)).Select(key => new ChartPlan(key, null, [key]));

    // Several evaluation sets give eval_NAME_loss.
    private static bool IsLoss(string key) =>
        key is MetricKeys.Loss or MetricKeys.EvalLoss || (key.StartsWith("eval_", StringComparison.Ordinal) && key.EndsWith("_loss", StringComparison.Ordinal));
}
