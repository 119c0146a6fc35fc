using Podium.Metrics;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Core.Tests.Material;

/// <summary>One of each strategy.</summary>
internal static class AnyStrategy
{
    /// <summary>Random logs have losses of 0: the default would refuse those.</summary>
    public static MultiMetricStrategy AskedFor { get; } = new(MultiMetricScorer.Default, AskedFor: true);

    public static Strategy[] All { get; } =
    [
        new MultiMetricStrategy(),
        AskedFor,
        new MultiMetricStrategy(new MultiMetricScorer(new ScoreWeights(0.1, 2, 0.5, 0.3), GapMode.TwoSided), AskedFor: true),
        new EvalLossStrategy(),
        new PlateauStrategy(),
        new PlateauStrategy(0.5),
        new TrainerStrategy(),
        new MetricStrategy("eval_accuracy"),
        new MetricStrategy("accuracy", MetricDirection.Minimize),
        new MetricStrategy("loss"),
    ];
}
