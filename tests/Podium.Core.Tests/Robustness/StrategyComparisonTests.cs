using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Robustness;
using Podium.Strategies;

namespace Podium.Core.Tests.Robustness;

public sealed class StrategyComparisonTests
{
    private static Run Overfitted => new HistoryOf().Loss(10, 1).Eval(10, 1).Loss(20, 0.08).Eval(20, 0.8).Saved(10, 20);

    [Fact]
    public void Of_AllAgree_SaysNothing()
    {
        var comparison = StrategyComparison.Of(Ranker.Rank(new HistoryOf().Evals((10, 2), (20, 1)).Saved(10, 20)));

        comparison.Disagree.ShouldBeFalse();
        comparison.Summary.ShouldBeNull();
        comparison.Picks.Select(pick => pick.Strategy).ShouldBe(["multi-metric", "eval-loss", "plateau:10%"]);
    }

    [Fact]
    public void Of_Disagreement_SaysWhoPicksWhatAndWhatItCosts()
    {
        var comparison = StrategyComparison.Of(Ranker.Rank(Overfitted));

        comparison.Disagree.ShouldBeTrue();
        comparison.Picks[0].ShouldSatisfyAllConditions(
            pick => pick.Strategy.ShouldBe("multi-metric"),
            pick => pick.Step.ShouldBe(10),
            pick => pick.EvalLoss.ShouldBe(1));
        comparison.Summary.ShouldBe("Strategies disagree: eval-loss and plateau:10% pick checkpoint-20 (eval_loss 20 % lower).");
    }

    [Fact]
    public void Of_Costs_AreInTheTermsOfEachStrategy()
    {
        var costs = StrategyComparison.Of(Ranker.Rank(Overfitted)).Picks[0].Costs;

        costs.Single(cost => cost.Strategy == "multi-metric").Behind.ShouldBe(0);
        var byLoss = costs.Single(cost => cost.Strategy == "eval-loss");
        byLoss.Score.ShouldBe(1);
        byLoss.Behind!.Value.ShouldBe(0.2, 1e-12);
        byLoss.Share!.Value.ShouldBe(0.25, 1e-12);
    }

    [Fact]
    public void Of_AskedForStrategy_StandsFirst() =>
        StrategyComparison.Of(Ranker.Rank(Overfitted, new PlateauStrategy(0.2))).Picks.Select(pick => pick.Strategy)
            .ShouldBe(["plateau:20%", "multi-metric", "eval-loss", "plateau:10%"]);

    [Fact]
    public void Of_TrainerThatChoseByEvalLoss_IsNotNamedTwice() =>
        StrategyComparison.Of(Ranker.Rank(Overfitted with { TrainerChoice = new TrainerChoice(0.8, 20, null) })).Picks
            .ShouldNotContain(pick => pick.Strategy == "trainer");

    [Fact]
    public void Of_TrainerThatChoseByAnotherMetric_IsNamed()
    {
        var run = new HistoryOf().Entry(10, ("eval_loss", 1), ("eval_wer", 0.5)).Entry(20, ("eval_loss", 2), ("eval_wer", 0.25)).Saved(10, 20);

        var comparison = StrategyComparison.Of(Ranker.Rank(run with { TrainerChoice = new TrainerChoice(0.25, 20, null) }));

        comparison.Picks.Single(pick => pick.Strategy == "trainer").ShouldSatisfyAllConditions(
            pick => pick.Metric.ShouldBe("eval_wer"),
            pick => pick.Step.ShouldBe(20));
        comparison.Disagree.ShouldBeTrue();
    }

    [Fact]
    public void Of_NoBest_HasNoPicks() => StrategyComparison.Of(Ranker.Rank(new HistoryOf().Saved(10))).Picks.ShouldBeEmpty();
}
