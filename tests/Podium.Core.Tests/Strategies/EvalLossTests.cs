using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class EvalLossTests
{
    [Fact]
    public void Rank_Overfitted_TakesTheLowestAllTheSame()
    {
        var run = new HistoryOf().Loss(10, 1).Eval(10, 1).Loss(20, 0.095).Eval(20, 0.95).Saved(10, 20);

        var best = Ranker.Rank(run, new EvalLossStrategy()).Best!;

        best.Checkpoint.Step.ShouldBe(20);
        best.Score.ShouldBe(0.95);
        best.Parts.ShouldHaveSingleItem().ShouldBe(new ScorePart("eval_loss", 0.95));
    }

    [Fact]
    public void Rank_BelowZero_IsALossLikeAnyOther() =>
        Ranker.Rank(new HistoryOf().Evals((10, 1), (20, -2)).Saved(10, 20), new EvalLossStrategy()).BestStep().ShouldBe(20);

    [Fact]
    public void Rank_Ties_GoToTheLowerStep() =>
        Ranker.Rank(new HistoryOf().Evals((10, 1), (20, 1)).Saved(20, 10), new EvalLossStrategy()).BestStep().ShouldBe(10);
}
