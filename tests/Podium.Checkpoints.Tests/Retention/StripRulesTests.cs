using Podium.Checkpoints.Retention;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class StripRulesTests
{
    private static readonly CheckpointFacts WithState = new() { HasTrainingState = true };

    private static MadeRanking Four() => MadeRanking.Usual(4, 3, 2, 1)
        .Fact("checkpoint-10", WithState).Fact("checkpoint-20", WithState).Fact("checkpoint-30", WithState).Fact("checkpoint-40", WithState);

    [Fact]
    public void Strip_LatestResumableOnes_AreSpared()
    {
        var plan = Four().Resumable("checkpoint-10", "checkpoint-20", "checkpoint-30").Strip();

        plan.Deleted().ShouldBe(["checkpoint-10", "checkpoint-20", "checkpoint-40"]);
        plan.Why("checkpoint-30").ShouldBe(["latest resumable 1"]);
        plan.Decisions.ShouldAllBe(decision => decision.Action != RetentionAction.Delete);
    }

    [Fact]
    public void Strip_NoneResumable_SparesTheLatestStateAllTheSame() => Four().Strip().Why("checkpoint-40").ShouldBe(["latest training state 1"]);

    [Fact]
    public void Strip_NoneToBeSpared_TakesAll() => Four().Resumable("checkpoint-40").Strip(latest: 0).Deleted().Length.ShouldBe(4);

    [Fact]
    public void Strip_NothingToTake_SaysSo() => MadeRanking.Usual(2, 1).Strip().Why("checkpoint-10").ShouldBe(["no training state"]);

    [Theory]
    [InlineData(CheckpointState.NeedsConsolidation)]
    [InlineData(CheckpointState.Weightless)]
    [InlineData(CheckpointState.Damaged)]
    [InlineData(CheckpointState.Incomplete)]
    public void Strip_WeightsThatAreNotWhole_AreLeftAlone(CheckpointState state) =>
        new MadeRanking().Run([(10, 2), (20, 1)], MadeRanking.At(10, state), MadeRanking.At(20))
            .Fact("checkpoint-10", WithState).Fact("checkpoint-20", WithState).Resumable("checkpoint-20").Strip().Why("checkpoint-10").ShouldBe([$"{state.Spelling()}: its weights are not whole"]);

    [Fact]
    public void Strip_StateThatAnotherLinksTo_IsLeftAlone() =>
        Four().Resumable("checkpoint-40").Fact("checkpoint-10", WithState with { TrainingStateLinkedFrom = "checkpoint-40/optimizer.pt" })
            .Strip().Why("checkpoint-10").ShouldBe(["checkpoint-40/optimizer.pt links into it"]);

    [Fact]
    public void Strip_WithoutAnyEvaluation_IsNotRefused() => MadeRanking.Usual(double.NaN, double.NaN).Strip().Refusal.ShouldBeNull();
}
