using Podium.Core.Tests.Material;
using Podium.Ranking;

namespace Podium.Core.Tests.Ranking;

public sealed class EvaluationLossKeyTests
{
    private static Run TwoSets => new HistoryOf()
        .Entry(10, ("eval_near_loss", 2), ("eval_far_loss", 3))
        .Entry(20, ("eval_near_loss", 2.5), ("eval_far_loss", 2))
        .Saved(10, 20);

    [Fact]
    public void Rank_SeveralEvaluationSets_GuessesNothing()
    {
        var ranking = Ranker.Rank(TwoSets);

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.SeveralEvaluationSets);
        ranking.Refusal.Message.ShouldContain("eval_far_loss, eval_near_loss");
        ranking.Refusal.Message.ShouldContain("--eval-loss-key");
        ranking.Best.ShouldBeNull();
    }

    [Fact]
    public void Rank_OneOfThemNamed_RanksByIt()
    {
        Ranker.Rank(TwoSets, evalLossKey: "eval_near_loss").BestStep().ShouldBe(10);
        Ranker.Rank(TwoSets, evalLossKey: "eval_far_loss").BestStep().ShouldBe(20);
    }

    [Fact]
    public void Rank_NamedKeyIsNotThere_NamesWhatIs()
    {
        var refusal = Ranker.Rank(TwoSets, evalLossKey: "eval_middle_loss").Refusal!;

        refusal.Kind.ShouldBe(RefusalKind.UnknownMetric);
        refusal.IsWrongArgument.ShouldBeTrue();
        refusal.Message.ShouldContain("eval_far_loss, eval_near_loss");
    }

    [Fact]
    public void Rank_SeveralSetsBesideEvalLoss_TakesEvalLoss() =>
        Ranker.Rank(new HistoryOf().Entry(10, ("eval_loss", 1), ("eval_near_loss", 3)).Entry(20, ("eval_loss", 2), ("eval_near_loss", 1)).Saved(10, 20))
            .BestStep().ShouldBe(10);

    [Fact]
    public void Rank_ASingleOtherLoss_IsUsedWithAWarning()
    {
        var ranking = Ranker.Rank(new HistoryOf().Entry(10, ("eval_near_loss", 2)).Entry(20, ("eval_near_loss", 1)).Saved(10, 20));

        ranking.BestStep().ShouldBe(20);
        ranking.Warning("eval-loss-key").ShouldContain("eval_near_loss");
    }
}
