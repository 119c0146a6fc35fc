using Podium.Analysis;
using Podium.Evaluations;
using Podium.Ranking;
using Podium.Tracking;

namespace Podium.Storage.Jobs;

/// <summary>Writes what a ranking says into a job's row: the only place that does.</summary>
internal static class BestColumns
{
    /// <summary>Takes the last ranking of a tracker, which read only what was new for it.</summary>
    public static void Write(JobRow row, RunRanking ranking, JobTracker tracker)
    {
        var best = ranking.Best;
        var evaluation = ranking.BestEvaluation;
        row.BestCheckpointPath = best?.Checkpoint.Path;
        row.BestStep = best?.Checkpoint.Step ?? evaluation?.Step;
        row.BestEvalLoss = best is not null ? Finite(best.Loss?.Value) : evaluation?.EvalLoss;
        row.BestEpoch = Whole(best is not null ? best.Epoch : evaluation?.Epoch);
        row.EvaluationsSinceBest = evaluation is null ? null : tracker.EvaluationsSinceBest;

        var losses = tracker.Evaluations;
        Evaluation? lowest = null;
        foreach (var one in losses)
            if (one.IsFinite && (lowest is not { } least || one.Value < least.Value))
                lowest = one;

        row.LowestEvalLoss = lowest?.Value;
        row.LowestEvalLossStep = lowest?.Step;
        row.EpochsWithoutImprovement = losses.Count == 0 ? null : losses[^1].EpochsWithoutImprovement;
        row.LossTrend = LossTrends.Of(ranking.Run.History, losses) switch
        {
            LossTrend.Improving => "improving",
            LossTrend.Degrading => "degrading",
            LossTrend.Stable => "stable",
            _ => "insufficient_data",
        };
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static long? Whole(double? value) => value is { } number && double.IsFinite(number) ? (long)Math.Round(number) : null;
}
