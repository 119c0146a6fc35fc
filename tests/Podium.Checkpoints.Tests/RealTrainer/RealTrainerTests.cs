using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.RealTrainer;

/// <summary>What the real Trainer writes today, read and ranked; skipped where ../shared is not beside the checkout.</summary>
[Trait("Category", "Slow")]
public sealed class RealTrainerTests
{
    [Fact]
    public void Rank_RunOfTheRealTrainer_TakesEveryCheckpointWithItsOwnEvaluation()
    {
        using var folder = new TemporaryFolder();
        TrainerProcess.Train(folder.Path, "--steps", "60", "--every", "20");

        var read = RunFolderReader.Read(folder.Path);
        read.Unreadable.ShouldBeEmpty();
        var run = FolderRanking.Of(read).Runs.ShouldHaveSingleItem();
        run.Checkpoints.Select(ranked => ranked.Checkpoint.Path).Order(StringComparer.Ordinal).ShouldBe(["checkpoint-20", "checkpoint-40", "checkpoint-60"]);
        run.Checkpoints.ShouldAllBe(ranked => ranked.IsOwnEvaluation && ranked.Loss!.Value.TrainLoss != null && ranked.Checkpoint.State == CheckpointState.Complete);
        run.Latest!.Checkpoint.Step.ShouldBe(60);
        run.Best.ShouldNotBeNull();
        RunFolderReader.Read(folder.Path, new ReadOptions { ReadAll = true }).Runs.ShouldHaveSingleItem()
            .Run.History.StartsWith(run.Run.History).ShouldBeTrue();
    }

    [Fact]
    public void Rank_TrainerThatKeptABest_FindsTheMetricThatItChoseBy()
    {
        using var folder = new TemporaryFolder();
        TrainerProcess.Train(folder.Path, "--steps", "60", "--every", "20", "--metric-for-best-model", "eval_loss", "--save-total-limit", "2");

        var run = RunFolderReader.Read(folder.Path).Runs.ShouldHaveSingleItem().Run;
        var byTrainer = Ranker.Rank(run, new TrainerStrategy());
        byTrainer.Refusal.ShouldBeNull();
        byTrainer.Best!.Checkpoint.ShouldBe(Ranker.Rank(run, new EvalLossStrategy()).Best!.Checkpoint);
    }
}
