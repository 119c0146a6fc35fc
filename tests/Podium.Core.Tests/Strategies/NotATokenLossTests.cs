using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class NotATokenLossTests
{
    private const string Code = "not-a-token-loss";

    private static HistoryOf Reinforced(string reward, int zeros, int others)
    {
        var history = new HistoryOf();
        for (var i = 1; i <= zeros + others; i++) history.Entry(i, ("loss", i <= zeros ? 0 : 0.25), (reward, i));
        return history.Evals((5, 0.5), (10, 0.25));
    }

    private static void ShouldRefuse(RunRanking ranking)
    {
        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NotATokenLoss);
        ranking.Refusal.Code.ShouldBe(Code);
        ranking.Refusal.IsWrongArgument.ShouldBeFalse();
        ranking.Best.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void Rank_EvalLossAtOrBelowZero_Refuses(double loss) =>
        ShouldRefuse(Ranker.Rank(new HistoryOf().Evals((10, 1), (20, loss)).Saved(10, 20)));

    [Theory]
    [InlineData("reward")]
    [InlineData("eval_reward")]
    [InlineData("rewards/chosen")]
    [InlineData("eval_rewards/accuracies")]
    public void Rank_RewardsAndHalfOfTheLossesZero_Refuses(string reward) => ShouldRefuse(Ranker.Rank(Reinforced(reward, 5, 5).Saved(5, 10)));

    [Fact]
    public void Rank_RewardsAndFewerThanHalfZero_Ranks()
    {
        var ranking = Ranker.Rank(Reinforced("rewards/chosen", 4, 6).Saved(5, 10));

        ranking.Refusal.ShouldBeNull();
        ranking.BestStep().ShouldBe(10);
    }

    [Fact]
    public void Rank_LossZeroAlone_IsNoSign()
    {
        var ranking = Ranker.Rank(new HistoryOf().Loss(10, 0).Eval(10, 1).Loss(20, 0).Eval(20, 0.5).Saved(10, 20));

        ranking.Refusal.ShouldBeNull();
        ranking.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Rank_PreferenceRewardsBesideAPositiveLoss_RanksWithAWarningAndAProposal()
    {
        var ranking = Ranker.Rank(new HistoryOf()
            .Loss(10, 0.6).Entry(10, ("eval_loss", 0.6), ("eval_rewards/accuracies", 0.6), ("eval_rewards/rejected", -1))
            .Loss(20, 0.5).Entry(20, ("eval_loss", 0.5), ("eval_rewards/accuracies", 0.7), ("eval_rewards/rejected", -2))
            .Saved(10, 20));

        ranking.BestStep().ShouldBe(20);
        ranking.Warning(Code).ShouldContain("metric:eval_rewards/accuracies");
    }

    [Fact]
    public void Rank_Refused_ListsTheMetricsAndProposesAReward()
    {
        var refusal = Ranker.Rank(new HistoryOf()
            .Entry(5, ("loss", 0), ("reward", 1))
            .Entry(10, ("eval_loss", 0.001), ("eval_reward", 2), ("eval_kl", 0.1))
            .Saved(10)).Refusal!;

        refusal.Proposal.ShouldBe("metric:eval_reward");
        refusal.Message.ShouldContain("eval_kl, eval_loss, eval_reward, reward");
        refusal.Message.ShouldContain("metric:eval_reward");
    }

    [Theory]
    [InlineData("reward", "metric:reward")]
    [InlineData("eval_rewards/accuracies", "metric:eval_rewards/accuracies")]
    public void Rank_Refused_ProposesWhatIsThere(string reward, string expected) =>
        Ranker.Rank(Reinforced(reward, 5, 5).Saved(5)).Refusal!.Proposal.ShouldBe(expected);

    [Fact]
    public void Rank_AskedForByName_AppliesWithAWarning()
    {
        var ranking = Ranker.Rank(Reinforced("reward", 5, 5).Saved(5, 10), new MultiMetricStrategy(MultiMetricScorer.Default, AskedFor: true));

        ranking.Refusal.ShouldBeNull();
        ranking.BestStep().ShouldBe(10);
        ranking.WarningCodes().ShouldContain(Code);
    }

    [Fact]
    public void Rank_AskedForThroughTheParser_Applies()
    {
        StrategyParser.TryParse("multi-metric", out var strategy, out _).ShouldBeTrue();

        Ranker.Rank(new HistoryOf().Evals((10, 1), (20, -1)).Saved(10, 20), strategy).BestStep().ShouldBe(20);
    }

    [Fact]
    public void Rank_ByAnotherStrategy_IsNotRefused() =>
        Ranker.Rank(new HistoryOf().Evals((10, 1), (20, -1)).Saved(10, 20), new EvalLossStrategy()).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_RewardBesideOrdinaryLosses_IsNotRefused() =>
        Ranker.Rank(Reinforced("reward", 0, 10).Saved(5, 10)).Refusal.ShouldBeNull();
}
