using Podium.Strategies;

namespace Podium.Analysis;

/// <summary>What came after the best evaluation.</summary>
/// <param name="Step">The step of the best one.</param>
/// <param name="Count">How many came after it.</param>
/// <param name="Improved">How many of those improved on the one before them.</param>
internal sealed record SinceBest(long Step, int Count, int Improved)
{
    public static SinceBest Of(RunEvidence evidence, Objective objective, long best, string? evalLossKey)
    {
        var evaluations = evidence.Timeline(objective.Metric).Evaluations;
        var place = 0;
        while (evaluations[place].Step != best) place++;

        var improved = 0;
        var before = objective.Score(evaluations[place]);
        for (var i = place + 1; i < evaluations.Count; i++)
        {
            var evaluation = evaluations[i];
            var score = objective.Score(evaluation);
            // A score has parts beside the loss: whether the loss improved is known without them. Of another metric, the score tells.
            if (objective.Metric == evalLossKey ? evaluation.Improved : score < before) improved++;
            if (double.IsFinite(score)) before = score;
        }

        return new SinceBest(best, evaluations.Count - 1 - place, improved);
    }
}
