using Podium.Core.Tests.Material;
using Podium.Metrics;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class TrainerTests
{
    private static HistoryOf Evaluated => new HistoryOf()
        .Entry(10, ("eval_loss", 1), ("eval_accuracy", 0.5), ("eval_zeal", 4), ("epoch", 1))
        .Entry(20, ("eval_loss", 2), ("eval_accuracy", 0.75), ("eval_zeal", 3), ("epoch", 2))
        .Entry(30, ("eval_loss", 3), ("eval_accuracy", 0.625), ("eval_zeal", 2), ("epoch", 3));

    private static RunRanking Rank(TrainerChoice choice, HistoryOf? history = null) =>
        Ranker.Rank((history ?? Evaluated).Saved(10, 20, 30) with { TrainerChoice = choice }, new TrainerStrategy());

    [Fact]
    public void Rank_ByBestGlobalStep_FindsTheMetric()
    {
        var ranking = Rank(new TrainerChoice(0.75, 20, null));

        ranking.BestStep().ShouldBe(20);
        ranking.Best!.Score.ShouldBe(-0.75);
        ranking.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Rank_WithoutBestGlobalStep_TakesTheStepInTheFoldersName() =>
        Rank(new TrainerChoice(1, null, 10)).Best!.Parts.ShouldHaveSingleItem().Name.ShouldBe("eval_loss");

    [Fact]
    public void Rank_BothSteps_BestGlobalStepCounts() =>
        Rank(new TrainerChoice(0.75, 20, 10)).Best!.Parts.ShouldHaveSingleItem().Name.ShouldBe("eval_accuracy");

    [Fact]
    public void Rank_NoBestMetric_SaysSoAndAsks() => ShouldAsk(Rank(new TrainerChoice(null, 20, 20)), "best_metric");

    [Fact]
    public void Rank_NoStep_SaysSoAndAsks() => ShouldAsk(Rank(new TrainerChoice(0.75, null, null)), "step");

    [Fact]
    public void Rank_NoMetricHasTheValue_SaysSoAndAsks() => ShouldAsk(Rank(new TrainerChoice(0.76, 20, null)), "no logged metric");

    [Fact]
    public void Rank_ValueIsThatOfAnotherStep_SaysSoAndAsks() => ShouldAsk(Rank(new TrainerChoice(0.75, 10, null)), "no logged metric");

    [Fact]
    public void Rank_SeveralMetricsHaveTheValue_SaysSoAndAsks()
    {
        var history = new HistoryOf().Entry(10, ("eval_f1", 0.5), ("eval_accuracy", 0.5));

        ShouldAsk(Rank(new TrainerChoice(0.5, 10, null), history), "several");
    }

    [Fact]
    public void Rank_EpochHasTheSameValue_IsNoMetric() =>
        Rank(new TrainerChoice(1, 10, null)).Refusal.ShouldBeNull();

    [Fact]
    public void Rank_TrainerKeptTheWrongEnd_RanksByTheTableAndWarns()
    {
        // greater_is_better was left to its guess, and the lowest accuracy was kept.
        var ranking = Rank(new TrainerChoice(0.5, 10, null));

        ranking.BestStep().ShouldBe(20);
        ranking.Warning("trainer-direction").ShouldContain("lowest eval_accuracy");
    }

    [Theory]
    [InlineData(4.0, 10, 10)]
    [InlineData(2.0, 30, 30)]
    public void Rank_UnknownName_TakesTheEndThatTheTrainerKept(double best, long step, long expected) =>
        Rank(new TrainerChoice(best, step, null)).BestStep().ShouldBe(expected);

    [Fact]
    public void Rank_UnknownNameAndNoEnd_AsksForTheDirection() =>
        Rank(new TrainerChoice(3, 20, null)).Refusal!.Kind.ShouldBe(RefusalKind.UnknownDirection);

    [Fact]
    public void MetricDirections_ZealIsNotKnown_OrTheTestsAboveSayNothing() => MetricDirections.TryGet("eval_zeal", out _).ShouldBeFalse();

    private static void ShouldAsk(RunRanking ranking, string why)
    {
        ranking.Refusal!.Kind.ShouldBe(RefusalKind.TrainerMetricUnclear);
        ranking.Refusal.Message.ShouldContain(why);
        ranking.Refusal.Message.ShouldContain("--strategy metric:");
        ranking.Best.ShouldBeNull();
    }
}
