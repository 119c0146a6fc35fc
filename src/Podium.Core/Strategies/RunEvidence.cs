using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Strategies;

/// <summary>What is known of a run while strategies look at it: its timelines, each made once, and which loss is meant.</summary>
/// <remarks>It can follow a run that grows: <see cref="Advance"/> reads only what is new.</remarks>
internal sealed class RunEvidence(Run run, string? evalLossKey)
{
    private readonly Dictionary<string, EvaluationTimeline> _timelines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EvaluationMatcher> _matchers = new(StringComparer.Ordinal);

    public Run Run { get; private set; } = run;

    public TrainingHistory History => Run.History;

    public void Advance(Run run)
    {
        Run = run;
        _matchers.Clear();
        foreach (var (metric, timeline) in _timelines) timeline.ReadOn(run.History, metric);
    }

    public EvaluationTimeline Timeline(string metric)
    {
        if (!_timelines.TryGetValue(metric, out var timeline))
            _timelines.Add(metric, timeline = EvaluationTimeline.From(History, metric));

        return timeline;
    }

    public EvaluationMatcher Matcher(string metric)
    {
        if (!_matchers.TryGetValue(metric, out var matcher))
            _matchers.Add(metric, matcher = new EvaluationMatcher(Timeline(metric)));

        return matcher;
    }

    /// <summary>How many evaluations of a strategy's metric were made after the one at a step.</summary>
    public int EvaluationsAfter(long step, Strategy strategy)
    {
        var evaluations = Timeline(strategy.Resolve(this).Objective!.Metric).Evaluations;
        var place = 0;
        while (evaluations[place].Step != step) place++;
        return evaluations.Count - 1 - place;
    }

    /// <summary>The evaluation loss that is meant: the one that was named, <c>eval_loss</c>, or the only one there is.</summary>
    public (string? Key, Refusal? Refusal, RankingNote? Note) EvalLoss()
    {
        if (evalLossKey is not null)
        {
            return History.Find(evalLossKey) is not null
                ? (evalLossKey, null, null)
                : (null, new Refusal(RefusalKind.UnknownMetric, UnknownMetricMessage(evalLossKey)), null);
        }

        if (History.Find(MetricKeys.EvalLoss) is not null) return (MetricKeys.EvalLoss, null, null);

        string[] losses = [.. History.Columns.Select(column => column.Name).Where(MetricKeys.IsEvaluationLoss).Order(StringComparer.Ordinal)];
        return losses switch
        {
            [] => (null, NoEvaluation(), null),
            [var only] => (only, null, new RankingNote("eval-loss-key", $"There is no eval_loss; the only evaluation loss, {only}, stands in for it.")),
            _ => (null, new Refusal(
                RefusalKind.SeveralEvaluationSets,
                $"There are several evaluation sets and no eval_loss: {string.Join(", ", losses)}. Say which one counts: --eval-loss-key {losses[0]}"), null),
        };
    }

    public string UnknownMetricMessage(string metric)
    {
        var there = string.Join(", ", History.Columns.Select(column => column.Name).Where(name => name is not MetricKeys.Epoch).Order(StringComparer.Ordinal));
        return there.Length == 0
            ? $"The metric '{metric}' is not in the history, which is empty."
            : $"The metric '{metric}' is not in the history, which has: {there}.";
    }

    private string NewestComplete() =>
        Run.Checkpoints.Where(checkpoint => checkpoint.State == CheckpointState.Complete).MaxBy(checkpoint => checkpoint.Step) is { } newest
            ? $"The newest complete checkpoint is {newest.Path}."
            : "None of its checkpoints has whole weights.";

    private Refusal NoEvaluation()
    {
        var others = History.Columns.Select(column => column.Name).Where(MetricKeys.IsEvaluationMetric).Order(StringComparer.Ordinal).ToArray();
        if (others.Length == 0)
        {
            return new Refusal(
                RefusalKind.NoEvaluation,
                $"There is no evaluation in the history, so no checkpoint can be said to be the best. {NewestComplete()} To get evaluations, train with eval_strategy=\"steps\" and with eval_steps equal to save_steps.");
        }

        var proposal = MetricStrategy.Propose(others);
        return new Refusal(
            RefusalKind.NoEvaluation,
            $"There is no evaluation loss in the history. It has other evaluation metrics: {string.Join(", ", others)}."
            + (proposal is null ? " Rank by one of them: --strategy metric:NAME:min or metric:NAME:max" : $" Rank by one of them: --strategy {proposal}"))
        {
            Proposal = proposal,
        };
    }
}
