using FsCheck;
using FsCheck.Fluent;
using Podium.Core.Tests.Evaluations;
using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Ranking;

public sealed class RankingLawTests
{
    private static readonly MultiMetricStrategy AskedFor = AnyStrategy.AskedFor;

    [Fact]
    public void Rank_LowerEvalLossAllElseEqual_NeverRanksWorse() => Law.Holds(
        from pair in AnyDouble.FinitePair
        from trainLoss in AnyDouble.TrainLoss
        from first in AnyDouble.Finite
        from lowerFirst in Gen.Elements(true, false)
        select (pair.Lower, pair.Higher, trainLoss, first, lowerFirst),
        ranked =>
        {
            // The one training loss comes before all evaluations, so that it is the T of each.
            var history = new HistoryOf();
            if (ranked.trainLoss is { } trainLoss) history.Loss(1, trainLoss);
            history.Evals((10, ranked.first), (20, ranked.lowerFirst ? ranked.Lower : ranked.Higher), (30, ranked.lowerFirst ? ranked.Higher : ranked.Lower));

            Ranker.Rank(history.Saved(20, 30), AskedFor).BestStep().ShouldBe(ranked.lowerFirst ? 20 : 30);
        },
        count: 10_000);

    [Fact]
    public void Rank_LowerEvalLossInTheSameHistory_KeepsItsPlaceOrRises() => Law.Holds(
        from lowered in AnyRun.Any
        from sixteenths in Gen.Choose(1, 32)
        select (lowered, sixteenths),
        changed =>
        {
            // The last evaluation alone: lowering any other one would change who improved after it.
            var lines = changed.lowered.Log.Lines;
            if (EvaluationTimeline.From(changed.lowered.Log.History, MetricKeys.EvalLoss).Evaluations is not [.., { IsFinite: true } last]) return;
            var at = Array.FindLastIndex(lines, line => line.Find(MetricKeys.EvalLoss) == last.Value && line.Step == last.Step);
            var lower = lines[at] with { Metrics = [.. lines[at].Metrics.Select(metric => metric.Metric == MetricKeys.EvalLoss ? (metric.Metric, metric.Value - changed.sixteenths / 16.0) : metric)] };
            var before = Ranker.Rank(changed.lowered.Run, AskedFor);
            var after = Ranker.Rank(changed.lowered.Run with { History = LogLine.HistoryOf([.. lines[..at], lower, .. lines[(at + 1)..]]) }, AskedFor);

            foreach (var ranked in before.Checkpoints.Where(ranked => ranked.Checkpoint.Step == last.Step))
                after.Checkpoints.Single(other => ReferenceEquals(other.Checkpoint, ranked.Checkpoint)).Rank.ShouldBeLessThanOrEqualTo(ranked.Rank);
        });

    [Fact]
    public void Rank_AnyRun_BestIsWhatTheBookSays() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            if (run.Log.History.Find(MetricKeys.EvalLoss) is null) return;
            var book = new ByTheBook(run.Log.Lines);

            Ranker.Rank(run.Run, AskedFor).BestStep().ShouldBe(book.Best(run.Checkpoints, byLoss: false)?.Step);
            Ranker.Rank(run.Run, new EvalLossStrategy()).BestStep().ShouldBe(book.Best(run.Checkpoints, byLoss: true)?.Step);
        },
        AnyRun.Smaller,
        count: 5000);

    [Fact]
    public void Rank_AnyStrategy_PartsAddUpToTheScore() => Law.Holds(
        Ranked,
        ranked =>
        {
            foreach (var checkpoint in Ranker.Rank(ranked.Run.Run, ranked.Strategy).Checkpoints)
            {
                if (double.IsFinite(checkpoint.Score)) checkpoint.Parts.Aggregate(0.0, (sum, part) => sum + part.Value).ShouldBe(checkpoint.Score);
                else checkpoint.Parts.ShouldBeEmpty();
            }
        });

    [Fact]
    public void Rank_CheckpointsInAnotherOrderAndUnderOtherNames_IsTheSame() => Law.Holds(
        from ranked in Ranked
        from keys in Gen.Choose(0, 1_000_000).ArrayOf(64)
        select (ranked.Run, ranked.Strategy, keys),
        shuffled =>
        {
            // One checkpoint a step: of two at one step only the name can decide.
            Checkpoint[] checkpoints = [.. shuffled.Run.Checkpoints.DistinctBy(checkpoint => checkpoint.Step)];
            Checkpoint[] others = [.. checkpoints
                .Select((checkpoint, i) => (Checkpoint: checkpoint with { Path = $"{shuffled.keys[^(i + 1)]}-{i}" }, Key: shuffled.keys[i]))
                .OrderBy(pair => pair.Key).Select(pair => pair.Checkpoint)];

            var one = Ranker.Rank(shuffled.Run.Run with { Checkpoints = checkpoints }, shuffled.Strategy);
            var other = Ranker.Rank(shuffled.Run.Run with { Checkpoints = others }, shuffled.Strategy);

            other.Order().ShouldBe(one.Order());
            other.Checkpoints.Select(ranked => ranked.Score).ShouldBe(one.Checkpoints.Select(ranked => ranked.Score));
            other.BestStep().ShouldBe(one.BestStep());
            (other.Latest?.Checkpoint.Step).ShouldBe(one.Latest?.Checkpoint.Step);
            other.BestEvaluation.ShouldBe(one.BestEvaluation);
            other.WarningCodes().ShouldBe(one.WarningCodes());
        });

    [Fact]
    public void Rank_AnyStrategy_NaNMissingAndUnusableNeverWin() => Law.Holds(
        Ranked,
        ranked =>
        {
            var ranking = Ranker.Rank(ranked.Run.Run, ranked.Strategy);
            ranking.Checkpoints.Select(checkpoint => checkpoint.Rank).ShouldBe(Enumerable.Range(1, ranked.Run.Checkpoints.Length));
            ranking.Checkpoints.Count(checkpoint => checkpoint.IsLatest).ShouldBe(Math.Min(1, ranked.Run.Checkpoints.Length));
            ranking.Checkpoints.Skip(1).ShouldAllBe(checkpoint => !checkpoint.IsBest);
            if (ranking.Best is { } best)
            {
                best.Scored!.Value.IsFinite.ShouldBeTrue();
                double.IsFinite(best.Score).ShouldBeTrue();
                best.Checkpoint.IsRecommendable.ShouldBeTrue();
                if (!best.IsOwnEvaluation)
                    ranking.Checkpoints.ShouldAllBe(other => !other.Checkpoint.IsRecommendable || !other.IsOwnEvaluation || !other.Scored!.Value.IsFinite);
            }
            else
            {
                ranking.Checkpoints.ShouldAllBe(other => !other.Checkpoint.IsRecommendable || !double.IsFinite(other.Score));
            }
        });

    private static Gen<(AnyRun Run, Strategy Strategy)> Ranked { get; } =
        from run in AnyRun.Any from strategy in Gen.Elements(AnyStrategy.All) select (run, strategy);
}
