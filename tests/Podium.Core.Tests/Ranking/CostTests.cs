using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Ranking;

public sealed class CostTests
{
    [Fact]
    public void Rank_PickCostsMoreThanFivePercent_SaysHowFarAndHowMuch()
    {
        var ranking = Ranker.Rank(new HistoryOf().Loss(10, 1.1).Eval(10, 1.1).Loss(20, 0.7).Eval(20, 1.05).Loss(30, 0.3).Eval(30, 1).Saved(10, 20, 30));

        ranking.BestStep().ShouldBe(10);
        var line = ranking.Warning("eval-loss-cost");
        line.ShouldContain("2 evaluations earlier");
        line.ShouldContain("costs 10 % of eval_loss");
    }

    [Fact]
    public void Rank_PickCostsLess_SaysNothing()
    {
        var ranking = Ranker.Rank(new HistoryOf().Loss(10, 1.04).Eval(10, 1.04).Loss(20, 0.3).Eval(20, 1).Saved(10, 20));

        ranking.BestStep().ShouldBe(10);
        ranking.WarningCodes().ShouldNotContain("eval-loss-cost");
    }

    [Fact]
    public void Rank_ByEvalLoss_HasNoCost() =>
        Ranker.Rank(new HistoryOf().Loss(10, 1.1).Eval(10, 1.1).Loss(20, 0.3).Eval(20, 1).Saved(10, 20), new EvalLossStrategy())
            .WarningCodes().ShouldBeEmpty();
}
