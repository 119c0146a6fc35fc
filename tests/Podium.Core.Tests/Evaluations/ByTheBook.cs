using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;
using Podium.Scoring;

namespace Podium.Core.Tests.Evaluations;

/// <summary>The exact rules of the design once more, written down without a thought for speed, to hold the library against.</summary>
internal sealed class ByTheBook
{
    private readonly List<(long Step, double Value)> _evaluations = [];
    private readonly List<(long Step, double Loss, double Weight)> _losses = [];

    private Evaluation[]? _worked;

    public ByTheBook(IEnumerable<LogLine> lines, string metric = MetricKeys.EvalLoss)
    {
        // Closing entries are counted: two evaluations of one step with an equal count have none between them.
        Dictionary<long, int> closingsBefore = [];
        var closings = 0;
        long u = 0;
        foreach (var line in lines)
        {
            if (double.IsNaN(line.Step)) continue;
            var step = (long)line.Step;
            if (line.Find(MetricKeys.Loss) is { } loss)
            {
                _losses.Add((step, loss, Math.Max(step - u, 1)));
                u = step;
            }

            if (line.Find(metric) is { } value)
            {
                var place = _evaluations.FindIndex(evaluation => evaluation.Step == step);
                if (place < 0)
                {
                    _evaluations.Add((step, value));
                    closingsBefore[step] = closings;
                }
                else if (closingsBefore[step] == closings)
                {
                    _evaluations[place] = (step, value);
                }
            }

            if (line.Find(MetricKeys.TrainRuntime) is not null) closings++;
        }
    }

    public Evaluation[] Evaluations => _worked ??= [.. _evaluations.Select((evaluation, i) =>
        new Evaluation(evaluation.Step, null, evaluation.Value, TrainLoss(i), EpochsWithoutImprovement(i)))];

    private double? TrainLoss(int i)
    {
        var s = _evaluations[i].Step;
        var p = i == 0 ? double.NegativeInfinity : _evaluations[i - 1].Step;
        var window = _losses.Where(entry => entry.Step > p && entry.Step <= s && double.IsFinite(entry.Loss)).ToArray();
        if (window.Length > 0) return window.Sum(entry => entry.Weight * entry.Loss) / window.Sum(entry => entry.Weight);

        var before = _losses.Where(entry => entry.Step <= s && double.IsFinite(entry.Loss)).OrderBy(entry => entry.Step).ToArray();
        return before.Length > 0 ? before[^1].Loss : null;
    }

    private bool Improved(int i)
    {
        if (!double.IsFinite(_evaluations[i].Value)) return false;
        var before = _evaluations.Take(i).Where(evaluation => double.IsFinite(evaluation.Value)).ToArray();
        return before.Length == 0 || _evaluations[i].Value < before[^1].Value;
    }

    private int EpochsWithoutImprovement(int i)
    {
        var count = 0;
        while (i >= 0 && !Improved(i--)) count++;
        return count;
    }

    public Evaluation? Match(long step)
    {
        var evaluations = Evaluations;
        foreach (var evaluation in evaluations)
            if (evaluation.Step == step)
                return evaluation;

        double reach = 0;
        var steps = evaluations.Select(evaluation => evaluation.Step).Order().ToArray();
        if (steps.Length == 1) reach = steps[0];
        if (steps.Length > 1)
        {
            var distances = steps.Skip(1).Zip(steps, (after, before) => after - before).Where(distance => distance > 0).Order().ToArray();
            reach = (distances[(distances.Length - 1) / 2] + distances[distances.Length / 2]) / 2.0;
        }

        var near = evaluations.Where(evaluation => Math.Abs(evaluation.Step - step) <= reach)
            .OrderBy(evaluation => Math.Abs(evaluation.Step - step)).ThenBy(evaluation => evaluation.Step).ToArray();
        return near.Length > 0 ? near[0] : null;
    }

    /// <summary>The best by the multi-metric score, or by the loss alone.</summary>
    public Checkpoint? Best(IEnumerable<Checkpoint> checkpoints, bool byLoss)
    {
        var candidates = checkpoints
            .Where(checkpoint => checkpoint.State is not (CheckpointState.Damaged or CheckpointState.Incomplete))
            .Select(checkpoint => (Checkpoint: checkpoint, Evaluation: Match(checkpoint.Step)))
            .Where(candidate => candidate.Evaluation is { } evaluation && double.IsFinite(evaluation.Value))
            .Select(candidate => (candidate.Checkpoint, Evaluation: candidate.Evaluation!.Value))
            .ToArray();
        var own = candidates.Where(candidate => candidate.Evaluation.Step == candidate.Checkpoint.Step).ToArray();
        return (own.Length > 0 ? own : candidates)
            .OrderBy(candidate => byLoss ? candidate.Evaluation.Value : MultiMetricScorer.Default.Score(candidate.Evaluation).Total)
            .ThenBy(candidate => candidate.Evaluation.Value)
            .ThenBy(candidate => candidate.Checkpoint.Step)
            .Select(candidate => candidate.Checkpoint)
            .FirstOrDefault();
    }
}
