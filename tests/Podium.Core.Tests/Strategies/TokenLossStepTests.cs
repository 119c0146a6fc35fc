using Podium.Histories;
using Podium.Ranking;

namespace Podium.Core.Tests.Strategies;

public sealed class TokenLossStepTests
{
    [Fact]
    public void Rank_ZeroLossInAnEntryWithoutAStep_IsNoSignOfAnotherLoss()
    {
        var history = new TrainingHistoryBuilder();
        history.BeginEntry();
        history.SetStep(10);
        history.Set("eval_loss", 1.5);
        history.BeginEntry();
        history.Set("eval_loss", 0);

        var ranking = Ranker.Rank(new Run(history.Build(), [new Checkpoint("checkpoint-10", 10)]));

        ranking.Refusal.ShouldBeNull();
        ranking.Best!.Checkpoint.Step.ShouldBe(10);
    }
}
