using Podium.Histories;
using Podium.Metrics;
using Podium.Ranking;

namespace Podium.Strategies;

/// <summary>What the run itself was told to choose by (<c>metric_for_best_model</c>).</summary>
/// <remarks>
/// A Trainer's file has the value and the step of its best, not the metric's name: that is the logged metric which has
/// this value at this step. Where none has, or several have, the strategy says so and asks.
/// </remarks>
public sealed record TrainerStrategy : Strategy
{
    /// <inheritdoc/>
    public override string Name => "trainer";

    internal override Resolution Resolve(RunEvidence evidence)
    {
        var choice = evidence.Run.TrainerChoice;
        if (choice.BestMetric is not { } best) return Unclear("the trainer kept no best_metric (it was not told to choose a best model)", []);
        if ((choice.BestGlobalStep ?? choice.BestCheckpointStep) is not { } step)
            return Unclear("the trainer's file does not say at which step its best was", []);

        var names = MetricsWithValue(evidence.History, step, best);
        if (names is not [var metric])
        {
            return Unclear(
                names.Count == 0 ? $"no logged metric has the value {best} at step {step}" : $"several metrics have the value {best} at step {step}",
                names);
        }

        var kept = KeptDirection(evidence, metric, best);
        var known = MetricDirections.TryGet(metric, out var table) ? table : kept;
        if (known is not { } direction)
            return new Refusal(RefusalKind.UnknownDirection, $"The trainer chose by '{metric}', whose direction is not known. Say so: metric:{metric}:max or metric:{metric}:min");

        List<RankingNote> notes = [];
        if (kept is { } told && told != direction)
        {
            notes.Add(new RankingNote(
                "trainer-direction",
                $"The trainer kept the {Word(told)} {metric}, but a {Word(direction, comparative: true)} one is better: greater_is_better was set wrongly or left to its guess."));
        }

        return Resolution.Of(new MetricStrategy.BestValue(metric, direction), notes);
    }

    private static string Word(MetricDirection direction, bool comparative = false) => direction == MetricDirection.Maximize
        ? comparative ? "higher" : "highest"
        : comparative ? "lower" : "lowest";

    private static List<string> MetricsWithValue(TrainingHistory history, long step, double value)
    {
        List<string> names = [];
        foreach (var column in history.Columns)
        {
            if (column.Name == MetricKeys.Epoch) continue;
            for (var i = 0; i < column.Count; i++)
            {
                if (history.Steps[column.Entries[i]] != step || !column.Values[i].Equals(value)) continue;
                names.Add(column.Name);
                break;
            }
        }

        return names;
    }

    /// <summary>Which end of all logged values the trainer's best stands at; null where both or neither.</summary>
    private static MetricDirection? KeptDirection(RunEvidence evidence, string metric, double best)
    {
        bool lowest = true, highest = true;
        foreach (var evaluation in evidence.Timeline(metric).Evaluations)
        {
            if (!evaluation.IsFinite) continue;
            lowest &= best <= evaluation.Value;
            highest &= best >= evaluation.Value;
        }

        return lowest == highest ? null : highest ? MetricDirection.Maximize : MetricDirection.Minimize;
    }

    private static Refusal Unclear(string why, List<string> names) => new(
        RefusalKind.TrainerMetricUnclear,
        $"What the trainer chose by cannot be told: {why}. Name the metric instead: --strategy metric:{(names is [var first, ..] ? first : "NAME")}");
}
