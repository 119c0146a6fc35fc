using Podium.Analysis;
using Podium.Core.Tests.Material;
using Podium.Histories;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Analysis;

public sealed class TrajectoryLawTests
{
    [Fact]
    public void Of_AnyRunByAnyStrategy_AgreesWithTheRankingAndSpeaksOfNumbersOnly() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            foreach (var strategy in AnyStrategy.All)
            {
                var ranking = Ranker.Rank(run.Run, strategy);
                var trajectory = Trajectory.Of(ranking);

                trajectory.Notes.Select(note => note.Code).ShouldBe(["loss-gap", "perplexity", "trend", "since-best"]);
                foreach (var note in trajectory.Notes)
                {
                    note.Message.ShouldEndWith(".");
                    note.Message.ShouldNotContain("NaN");
                    note.Message.ShouldNotContain("∞");
                    note.Message.ShouldNotContain("Infinity");
                }

                long[] steps = [.. trajectory.Evaluations.Select(evaluation => evaluation.Step)];
                steps.ShouldBe(steps.Distinct().Order());
                (trajectory.EvaluationsSinceBest is null).ShouldBe(ranking.BestEvaluation is null);
                if (trajectory.Perplexity is { } perplexity) trajectory.LowestPerplexity!.Value.Perplexity.ShouldBeLessThanOrEqualTo(perplexity);
                if (ranking.BestEvaluation is { } best && trajectory.Evaluations.FirstOrDefault(evaluation => evaluation.Step == best.Step) is { } listed) listed.Score.ShouldBe(best.Score);
                if (trajectory.OverfittingFrom is { } from) trajectory.Evaluations.Where(evaluation => evaluation.EvalLoss < from.EvalLoss).ShouldBeEmpty();
            }
        },
        AnyRun.Smaller,
        count: 500);

    [Fact]
    public void Notes_OfAllLossesTwiceAsLarge_AreTheSame() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            // A loss that is not above zero has no share to be told as.
            if (run.Log.Lines.Any(line => line.Find(MetricKeys.EvalLoss) <= 0)) return;
            var doubled = run with { Log = new Log([.. run.Log.Lines.Select(Doubled)]) };

            string[] codes = ["loss-gap", "trend", "since-best"];
            Words(doubled).ShouldBe(Words(run));

            string[] Words(AnyRun any) => [.. Trajectory.Of(Ranker.Rank(any.Run, new EvalLossStrategy())).Notes.Where(note => codes.Contains(note.Code)).Select(note => note.Message)];
        },
        AnyRun.Smaller);

    private static LogLine Doubled(LogLine line) =>
        new(line.Step, [.. line.Metrics.Select(metric => (metric.Metric, metric.Metric is MetricKeys.Loss or MetricKeys.EvalLoss ? 2 * metric.Value : metric.Value))]);
}
