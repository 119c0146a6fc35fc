using Podium.Core.Tests.Material;
using Podium.Metrics;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class MetricTests
{
    private static Run Task => new HistoryOf()
        .Entry(10, ("eval_loss", 1), ("eval_accuracy", 0.5), ("eval_zeal", 3))
        .Entry(20, ("eval_loss", 2), ("eval_accuracy", 0.75), ("eval_zeal", 2))
        .Saved(10, 20);

    [Fact]
    public void Rank_HigherIsBetter_ScoresTheNegated()
    {
        var best = Ranker.Rank(Task, new MetricStrategy("eval_accuracy")).Best!;

        best.Checkpoint.Step.ShouldBe(20);
        best.Score.ShouldBe(-0.75);
        best.Parts.ShouldHaveSingleItem().ShouldBe(new ScorePart("eval_accuracy", -0.75));
        best.Loss!.Value.Value.ShouldBe(2);
    }

    [Fact]
    public void Rank_NameWithoutEval_FindsTheEvaluations() =>
        Ranker.Rank(Task, new MetricStrategy("accuracy")).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_DirectionGiven_StandsAboveTheTable() =>
        Ranker.Rank(Task, new MetricStrategy("eval_accuracy", MetricDirection.Minimize)).BestStep().ShouldBe(10);

    [Theory]
    [InlineData(MetricDirection.Minimize, 20)]
    [InlineData(MetricDirection.Maximize, 10)]
    public void Rank_UnknownNameWithADirection_Ranks(MetricDirection direction, long expected) =>
        Ranker.Rank(Task, new MetricStrategy("eval_zeal", direction)).BestStep().ShouldBe(expected);

    [Fact]
    public void Rank_UnknownDirection_RefusesAndSaysHowToGiveOne()
    {
        var refusal = Ranker.Rank(Task, new MetricStrategy("zeal")).Refusal!;

        refusal.Kind.ShouldBe(RefusalKind.UnknownDirection);
        refusal.IsWrongArgument.ShouldBeTrue();
        refusal.Message.ShouldContain("metric:eval_zeal:max");
        refusal.Message.ShouldContain("metric:eval_zeal:min");
    }

    [Fact]
    public void Rank_UnknownMetric_RefusesAndNamesWhatIsThere()
    {
        var ranking = Ranker.Rank(Task, new MetricStrategy("eval_wer"));

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.UnknownMetric);
        ranking.Refusal.IsWrongArgument.ShouldBeTrue();
        ranking.Refusal.Message.ShouldContain("eval_wer");
        ranking.Refusal.Message.ShouldContain("eval_accuracy, eval_loss, eval_zeal");
        ranking.Best.ShouldBeNull();
        ranking.Checkpoints.Count.ShouldBe(2);
    }

    [Fact]
    public void Rank_TrainingMetric_RanksToo() =>
        Ranker.Rank(new HistoryOf().Loss(10, 1).Loss(20, 0.5).Saved(10, 20), new MetricStrategy("loss")).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_SameValue_LowerEvalLossWins() =>
        Ranker.Rank(
            new HistoryOf().Entry(10, ("eval_loss", 2), ("eval_accuracy", 0.5)).Entry(20, ("eval_loss", 1), ("eval_accuracy", 0.5)).Saved(10, 20),
            new MetricStrategy("eval_accuracy")).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_WithoutEvalLoss_RanksByTheMetric() =>
        Ranker.Rank(new HistoryOf().Entry(10, ("eval_wer", 0.5)).Entry(20, ("eval_wer", 0.25)).Saved(10, 20), new MetricStrategy("wer")).BestStep().ShouldBe(20);

    [Theory]
    [InlineData(null, "metric:wer")]
    [InlineData(MetricDirection.Minimize, "metric:wer:min")]
    [InlineData(MetricDirection.Maximize, "metric:wer:max")]
    public void Name_IsAsItIsWritten(MetricDirection? direction, string expected) => new MetricStrategy("wer", direction).Name.ShouldBe(expected);
}
