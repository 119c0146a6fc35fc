using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;
using Podium.Tracking;

namespace Podium.Core.Tests.Tracking;

public sealed class BestCheckpointTrackerTests
{
    [Fact]
    public void Best_NothingObserved_IsNull()
    {
        var tracker = new BestCheckpointTracker();

        tracker.Best.ShouldBeNull();
        tracker.BestEvaluation.ShouldBeNull();
        tracker.EvaluationsSinceBest.ShouldBe(0);
    }

    [Fact]
    public void Observe_ATrainingAsItGoes_NamesTheBestSoFar()
    {
        var tracker = new BestCheckpointTracker();

        tracker.Observe(10, ("loss", 1.0));
        tracker.Observe(10, ("eval_loss", 1.0));
        tracker.Best.ShouldBeNull();
        tracker.BestEvaluation!.Step.ShouldBe(10);

        tracker.Save(HistoryOf.At(10));
        tracker.Best!.Checkpoint.Step.ShouldBe(10);

        // The training loss was logged apart from the evaluation, and the penalty is there all the same.
        tracker.Observe(20, ("loss", 0.095));
        tracker.Observe(20, ("eval_loss", 0.95));
        tracker.Save(HistoryOf.At(20));
        tracker.Best!.Checkpoint.Step.ShouldBe(10);
        tracker.Ranking.Checkpoints[1].Parts[1].Value.ShouldBe(0.27, 1e-12);
        tracker.EvaluationsSinceBest.ShouldBe(1);
    }

    [Fact]
    public void Remove_TheBest_NamesTheNext()
    {
        var tracker = new BestCheckpointTracker(new EvalLossStrategy());
        tracker.Observe(10, ("eval_loss", 1.0));
        tracker.Observe(20, ("eval_loss", 2.0));
        tracker.Save(HistoryOf.At(10));
        tracker.Save(HistoryOf.At(20));

        tracker.Best!.Checkpoint.Step.ShouldBe(10);
        tracker.Remove("checkpoint-10").ShouldBeTrue();
        tracker.Remove("checkpoint-10").ShouldBeFalse();

        tracker.Best!.Checkpoint.Step.ShouldBe(20);
        tracker.BestEvaluation!.Step.ShouldBe(10);
    }

    [Fact]
    public void Save_SamePathAgain_Replaces()
    {
        var tracker = new BestCheckpointTracker();
        tracker.Observe(10, ("eval_loss", 1.0));
        tracker.Save(HistoryOf.At(10, CheckpointState.Incomplete));
        tracker.Best.ShouldBeNull();

        tracker.Save(HistoryOf.At(10));

        tracker.Best!.Checkpoint.State.ShouldBe(CheckpointState.Complete);
        tracker.Ranking.Checkpoints.Count.ShouldBe(1);
    }

    [Fact]
    public void EvaluationsSinceBest_IsNotEpochsWithoutImprovement()
    {
        var tracker = new BestCheckpointTracker(new EvalLossStrategy());
        foreach (var (step, loss) in ((long, double)[])[(10, 2), (20, 1), (30, 3), (40, 2.5), (50, 2)]) tracker.Observe(step, ("eval_loss", loss));

        tracker.EvaluationsSinceBest.ShouldBe(3);
    }

    [Fact]
    public void TrainerChoice_SetLater_Counts()
    {
        var tracker = new BestCheckpointTracker(new TrainerStrategy());
        tracker.Observe(10, ("eval_accuracy", 0.75));
        tracker.Save(HistoryOf.At(10));
        tracker.Best.ShouldBeNull();

        tracker.TrainerChoice = new TrainerChoice(0.75, 10, null);

        tracker.Best!.Checkpoint.Step.ShouldBe(10);
    }

    [Fact]
    public void Observe_NamedEvalLossKey_IsFollowed()
    {
        var tracker = new BestCheckpointTracker(evalLossKey: "eval_near_loss");
        tracker.Observe(10, ("eval_near_loss", 1), ("eval_far_loss", 2));
        tracker.Save(HistoryOf.At(10));

        tracker.Best!.Scored!.Value.Value.ShouldBe(1);
    }
}
