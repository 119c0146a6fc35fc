using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Robustness;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Core.Tests.Robustness;

public sealed class RankAcceptabilityTests
{
    // Scores of about 0.52 and 0.53: the weights decide.
    private static RunRanking Close => Ranker.Rank(new HistoryOf()
        .Loss(10, 1.2).Eval(10, 1.2)
        .Loss(20, 0.4).Eval(20, 0.8)
        .Loss(30, 0.3).Eval(30, 0.9)
        .Saved(10, 20, 30));

    [Fact]
    public void Of_Single_WinsAlways()
    {
        var acceptability = RankAcceptability.Of(Ranker.Rank(new HistoryOf().Eval(10, 1).Saved(10)))!;

        acceptability.Shares.ShouldBe([new WinShare("checkpoint-10", 10, 1)]);
    }

    [Fact]
    public void Of_Twice_IsTheSame() => RankAcceptability.Of(Close)!.Shares.ShouldBe(RankAcceptability.Of(Close)!.Shares);

    [Fact]
    public void Of_CloseChoice_SharesSumToOne()
    {
        var shares = RankAcceptability.Of(Close)!.Shares;

        shares.Count.ShouldBe(2);
        shares.Sum(share => share.Share).ShouldBe(1, 1e-12);
        shares.Select(share => share.Share).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Of_Dominated_HasNoShare()
    {
        // 30 is worse than 20 in every part.
        var acceptability = RankAcceptability.Of(Close)!;

        acceptability.ShareOf("checkpoint-30").ShouldBe(0);
        acceptability.Shares.ShouldNotContain(share => share.Step == 30);
    }

    [Fact]
    public void Of_EqualInAllParts_GoesToTheOneThatTheRankingPrefers() =>
        RankAcceptability.Of(Ranker.Rank(new HistoryOf().Evals((10, 1), (20, 2), (30, 2)).Saved(20, 30)))!.Shares.ShouldHaveSingleItem().Step.ShouldBe(20);

    [Fact]
    public void Of_NearMatchedBesideOwn_TakesNoPart() =>
        RankAcceptability.Of(Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1)).Saved(10, 18)))!.ShareOf("checkpoint-10").ShouldBe(1);

    [Fact]
    public void Of_DamagedOrNaN_TakeNoPart()
    {
        var run = new HistoryOf().Evals((10, 3), (20, 1), (30, double.NaN)).Saved(HistoryOf.At(10), HistoryOf.At(20, CheckpointState.Damaged), HistoryOf.At(30));

        RankAcceptability.Of(Ranker.Rank(run))!.Shares.ShouldHaveSingleItem().Step.ShouldBe(10);
    }

    [Fact]
    public void Of_WeightOfZero_StaysZero()
    {
        // By the loss alone no draw can change the order.
        var byLoss = new MultiMetricStrategy(new MultiMetricScorer(new ScoreWeights(1, 0, 0, 0)));

        RankAcceptability.Of(Ranker.Rank(Close.Run, byLoss))!.ShareOf("checkpoint-20").ShouldBe(1);
    }

    [Fact]
    public void Of_AnotherStrategy_IsNull() => RankAcceptability.Of(Ranker.Rank(Close.Run, new EvalLossStrategy())).ShouldBeNull();

    [Fact]
    public void Of_NoBest_IsNull() => RankAcceptability.Of(Ranker.Rank(new HistoryOf().Saved(10))).ShouldBeNull();
}
