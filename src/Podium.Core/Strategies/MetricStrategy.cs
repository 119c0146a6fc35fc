using Podium.Evaluations;
using Podium.Histories;
using Podium.Metrics;
using Podium.Ranking;

namespace Podium.Strategies;

/// <summary>The best value of one logged metric.</summary>
/// <param name="Metric">The metric's name as it was logged; <c>wer</c> finds <c>eval_wer</c> where there is no <c>wer</c>.</param>
/// <param name="Direction">Which way it gets better; null: as <see cref="MetricDirections"/> knows it.</param>
public sealed record MetricStrategy(string Metric, MetricDirection? Direction = null) : Strategy
{
    /// <inheritdoc/>
    public override string Name => Direction switch
    {
        MetricDirection.Minimize => $"metric:{Metric}:min",
        MetricDirection.Maximize => $"metric:{Metric}:max",
        _ => $"metric:{Metric}",
    };

    /// <summary>The strategy for the first of several metrics whose direction is known, as it is written on the command line.</summary>
    internal static string? Propose(IEnumerable<string> metrics)
    {
        foreach (var metric in metrics)
            if (MetricDirections.TryGet(metric, out _))
                return $"metric:{metric}";

        return null;
    }

    internal override Resolution Resolve(RunEvidence evidence)
    {
        string? logged = evidence.History.Find(Metric) is not null ? Metric
            : evidence.History.Find(MetricKeys.EvalPrefix + Metric) is not null ? MetricKeys.EvalPrefix + Metric
            : null;
        if (logged is null) return new Refusal(RefusalKind.UnknownMetric, evidence.UnknownMetricMessage(Metric));

        if (Direction is { } given) return Resolution.Of(new BestValue(logged, given));
        if (MetricDirections.TryGet(logged, out var known)) return Resolution.Of(new BestValue(logged, known));
        return new Refusal(
            RefusalKind.UnknownDirection,
            $"Whether a higher or a lower '{logged}' is better is not known. Say so: metric:{logged}:max or metric:{logged}:min");
    }

    internal sealed class BestValue(string metric, MetricDirection direction) : Objective(metric)
    {
        public override double Score(in Evaluation evaluation) =>
            !evaluation.IsFinite ? double.PositiveInfinity
            : direction == MetricDirection.Maximize ? -evaluation.Value
            : evaluation.Value;
    }
}
