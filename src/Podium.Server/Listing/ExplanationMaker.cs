using Podium.Analysis;
using Podium.Histories;
using Podium.Ranking;
using Podium.Robustness;
using Podium.Strategies;

namespace Podium.Server.Listing;

/// <summary>Says why a ranking came out as it did, in the listing's words.</summary>
internal static class ExplanationMaker
{
    private const int MostEvaluations = 500;
    private const int MostEpochs = 200;

    /// <summary>Makes the explanation of a job's listing.</summary>
    /// <param name="runs">The job's runs.</param>
    /// <param name="comparison">The picks of the strategies for the newest.</param>
    /// <param name="acceptability">How firm the choice in the newest is, if that can be said.</param>
    public static ListingExplanation Make(RankedRuns runs, StrategyComparison comparison, RankAcceptability? acceptability)
    {
        var newest = runs.Newest;
        var trajectories = Enumerable.Range(0, runs.Count).Select(place => Trajectory.Of(runs.Ranking(place))).ToArray();
        var trajectory = trajectories[^1];
        return new ListingExplanation
        {
            Summary = comparison.Summary,
            Refusal = newest.Refusal is { } refusal ? new ListedRefusal(refusal.Code, refusal.Message, refusal.Proposal) : null,
            // A plateau takes the latest of those that are good enough: the next one may well have the better score.
            Margin = newest.Strategy is not PlateauStrategy && newest is { Best: { } best, RunnerUp: { } second } ? Finite(second.Score - best.Score) : null,
            RunnerUp = newest.RunnerUp?.Checkpoint.Path,
            Firmness = acceptability is null ? null : new ListedFirmness(RankAcceptability.Draws, [.. acceptability.Shares.Select(share => new ListedShare(share.Path, share.Step, share.Share))]),
            Runs = [.. Enumerable.Range(0, runs.Count).Reverse().Select(place => Run(runs, place, trajectories[place]))],
            Trajectory = new ListedTrajectory
            {
                EvaluationCount = trajectory.Evaluations.Count,
                OverfittingFrom = trajectory.OverfittingFrom is { } turn ? new ListedTurn(turn.Step, turn.Epoch, turn.EvalLoss) : null,
                Gap = trajectory.Gap is { } gap ? new ListedGap(Finite(gap.Absolute), Finite(gap.Relative)) : null,
                Perplexity = trajectory.Perplexity,
                LowestPerplexity = trajectory.LowestPerplexity is { } lowest ? new ListedPerplexity(lowest.Perplexity, lowest.Step) : null,
                EvaluationsSinceBest = trajectory.EvaluationsSinceBest,
                LossTrend = trajectory.Trend.Spelling(),
                Notes = [.. trajectory.Notes.Select(ListedNote.Of)],
            },
            Evaluations =
            [
                .. trajectory.Evaluations.Skip(Math.Max(0, trajectory.Evaluations.Count - MostEvaluations))
                    .Select(one => new ListedMeasurement(one.Step, one.Epoch, one.EvalLoss, one.TrainLoss, one.Perplexity, one.Improved, one.Score)),
            ],
            Epochs = [.. EpochAxis.Of(newest.Run.History, MostEpochs).Select(pair => (double[])[pair.Step, pair.Epoch])],
        };
    }

    private static ListedRun Run(RankedRuns runs, int place, Trajectory trajectory)
    {
        var run = runs[place];
        var ranking = runs.Ranking(place);
        var evaluation = ranking.BestEvaluation;
        var lowest = trajectory.Evaluations.Where(one => one.EvalLoss is not null).MinBy(one => one.EvalLoss);
        return new ListedRun
        {
            Run = run.Number,
            Parent = run.Parent,
            FromStep = run.FromStep,
            FirstStep = FirstStep(run.Run.History),
            LastStep = run.Run.History.LastStep,
            Evaluations = trajectory.Evaluations.Count,
            Checkpoints = run.Run.Checkpoints.Count,
            BestCheckpoint = ranking.Best?.Checkpoint.Path,
            BestStep = ranking.Best?.Checkpoint.Step ?? evaluation?.Step,
            BestEvalLoss = Finite(ranking.Best is { } best ? best.Loss?.Value : evaluation?.EvalLoss),
            BestScore = Finite(ranking.Best?.Score ?? evaluation?.Score),
            LowestEvalLoss = lowest?.EvalLoss,
            LowestEvalLossStep = lowest?.Step,
            LossTrend = trajectory.Trend.Spelling(),
            IsNewest = place == runs.Count - 1,
        };
    }

    private static long? FirstStep(TrainingHistory history)
    {
        long? first = null;
        foreach (var step in history.Steps)
            if (step != TrainingHistory.NoStep && !(first <= step))
                first = step;

        return first;
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
