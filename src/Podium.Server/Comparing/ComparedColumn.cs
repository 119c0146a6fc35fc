using Podium.Histories;
using Podium.Metrics;

namespace Podium.Server.Comparing;

/// <summary>A column of numbers in a comparison.</summary>
/// <param name="Name">Its name in addresses; that of a metric begins with <see cref="MetricPrefix"/>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Direction">Which way it is better; null where neither is.</param>
/// <param name="IsOfEvaluation">Whether it means something only beside jobs that were evaluated on the same set.</param>
internal sealed record ComparedColumn(string Name, string Title, MetricDirection? Direction, bool IsOfEvaluation)
{
    private const string MetricPrefix = "metric:";

    public static readonly ComparedColumn Score = new("score", "Score", MetricDirection.Minimize, IsOfEvaluation: true);

    public static readonly ComparedColumn RecommendedLoss = new("recommended", "Its evaluation loss", MetricDirection.Minimize, IsOfEvaluation: true);

    public static readonly ComparedColumn Steps = new("steps", "Steps", null, IsOfEvaluation: false);

    /// <summary>The column of a metric: its best value.</summary>
    public static ComparedColumn Of(string key, MetricDirection direction) =>
        new(MetricPrefix + key, key, direction, MetricKeys.IsEvaluationMetric(key) || key.Contains("loss", StringComparison.Ordinal) || key.Contains("perplexity", StringComparison.Ordinal));

    /// <summary>The number of a job.</summary>
    public double? ValueOf(ComparedJob job) => Name switch
    {
        "score" => job.Best?.Score,
        "recommended" => job.Best?.EvalLoss,
        "steps" => job.Job.CurrentStep,
        _ => job.Metrics.GetValueOrDefault(Title)?.Best?.Value,
    };

    /// <summary>The best number of all; null where there are not two to compare, or where they must not be.</summary>
    public double? BestOf(Comparison comparison)
    {
        if (Direction is not { } direction || (IsOfEvaluation && !comparison.IsComparable)) return null;
        // Scores by different strategies are different things.
        if (Name == Score.Name && comparison.Jobs.Select(job => job.Job.Strategy).Distinct(StringComparer.Ordinal).Count() > 1) return null;
        double[] values = [.. comparison.Jobs.Select(ValueOf).OfType<double>()];
        return values.Length < 2 ? null : direction == MetricDirection.Minimize ? values.Min() : values.Max();
    }

    /// <summary>Puts jobs in order by the column; those without a number come last.</summary>
    public IReadOnlyList<ComparedJob> Sort(IEnumerable<ComparedJob> jobs, bool isAscending) =>
        [.. jobs.OrderBy(job => ValueOf(job) is null).ThenBy(job => (isAscending ? 1 : -1) * (ValueOf(job) ?? 0))];
}
