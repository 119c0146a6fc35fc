using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>A <c>trainer_state.json</c> in the run folder itself is history, not a checkpoint.</summary>
public sealed class FolderStateTests : IDisposable
{
    private static readonly StateText Log = new StateText().Loss(10, 2).Eval(10, 1.9).Loss(20, 1.8).Eval(20, 1.7).Loss(30, 1.6).Eval(30, 1.5);

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private FolderRun ReadOne() => _run.ReadBothWays().Runs.ShouldHaveSingleItem();

    [Fact]
    public void Read_ContinuesTheCheckpoints_LengthensTheirRun()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).State("", Log.Copy().Entry("\"train_loss\": 1.7", "\"train_runtime\": 60.0", "\"step\": 30").ToString());

        var run = ReadOne();

        run.Run.History.Count.ShouldBe(7);
        run.Run.Checkpoints.Select(checkpoint => checkpoint.Step).Order().ShouldBe([10, 20]);
        // The evaluation at 30 is known now, and no checkpoint was saved there.
        var ranking = Ranker.Rank(run.Run);
        ranking.Best!.Checkpoint.Step.ShouldBe(20);
        ranking.BestEvaluation!.Step.ShouldBe(30);
        ranking.Warnings.ShouldContain(warning => warning.Code == "best-evaluation-not-saved");
    }

    [Fact]
    public void Read_SameAsTheNewestCheckpoint_AddsNothing()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(30, Log, 6).State("", Log.ToString());

        ReadOne().Run.Checkpoints.Count.ShouldBe(2);
        _run.Read().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_ShorterThanTheCheckpoints_AddsNothing()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(30, Log, 6).State("", Log.First(4).ToString());

        ReadOne().Run.History.Count.ShouldBe(6);
        _run.Read().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_Foreign_IsLeftOutWithAWarning()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).State("", new StateText().Loss(5, 7).Eval(5, 0.1).Loss(10, 7).Eval(10, 0.1).Loss(15, 7).Eval(15, 0.1).ToString());

        ReadOne().Run.History.Count.ShouldBe(4);
        _run.Read().Warnings.ShouldHaveSingleItem().Code.ShouldBe("foreign-state");
    }

    [Fact]
    public void Read_PartsFromTheRunInTheMiddle_IsLeftOutWithAWarning()
    {
        // Resumed from 20 and not saved since: it continues 10 and 20, but not the run, whose newest is 30.
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).Checkpoint(30, Log, 6).State("", Log.First(4).Loss(30, 3).Eval(30, 0.1).ToString());

        ReadOne().Run.History.Count.ShouldBe(6);
        _run.Read().Warnings.ShouldHaveSingleItem().Code.ShouldBe("foreign-state");
    }

    [Fact]
    public void Read_OfTwoRuns_LengthensTheOneThatItContinues()
    {
        var other = Log.First(2).Loss(20, 5).Eval(20, 5);
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).Checkpoint(25, other, 4).State("", Log.ToString());

        var runs = _run.ReadBothWays().Runs;

        runs.Count.ShouldBe(2);
        runs.Single(run => run.Run.History.Count == 6).Run.Checkpoints.Select(checkpoint => checkpoint.Step).Order().ShouldBe([10, 20]);
        runs.Single(run => run.Run.History.Count == 4).Run.Checkpoints.Select(checkpoint => checkpoint.Step).Order().ShouldBe([10, 25]);
    }

    [Fact]
    public void Read_Alone_IsARunWithoutCheckpoints()
    {
        _run.State("", Log.ToString());

        var run = ReadOne().Run;

        run.Checkpoints.ShouldBeEmpty();
        Ranker.Rank(run).Best.ShouldBeNull();
        Ranker.Rank(run).BestEvaluation!.Step.ShouldBe(30);
    }

    [Fact]
    public void Read_AloneAndEmpty_IsARunWithoutAnything()
    {
        _run.State("", new StateText().Tail("\"max_steps\": 5").ToString());

        var run = ReadOne();

        run.Run.History.Count.ShouldBe(0);
        run.Facts!.MaxSteps.ShouldBe(5);
    }

    [Fact]
    public void Read_WithCheckpointsOfEmptyHistory_LengthensTheirRun()
    {
        _run.Checkpoint("checkpoint-10", new StateText().ToString()).Checkpoint("checkpoint-30", state: null).State("", Log.ToString());

        var run = ReadOne().Run;

        run.History.Count.ShouldBe(6);
        Ranker.Rank(run).Best!.Checkpoint.Step.ShouldBe(30);
        _run.Read().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Read_CannotBeRead_IsAWarningAndTheCheckpointsRank()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).State("", "{ oops }");

        var folder = _run.ReadBothWays();

        folder.Unreadable.ShouldBeEmpty();
        folder.Warnings.ShouldHaveSingleItem().Code.ShouldBe("folder-state-unreadable");
        Ranker.Rank(folder.Runs.Single().Run).Best!.Checkpoint.Step.ShouldBe(20);
    }

    [Fact]
    public void Read_ItsTime_PlaysNoPartInWhatWasSavedLast()
    {
        var other = Log.First(2).Loss(20, 5).Eval(20, 5);
        // The folder's own file is the youngest by far and continues the run of 20; 25 was saved after it.
        _run.Checkpoint(10, Log, 2, second: 0).Checkpoint(20, Log, 4, second: 10).Checkpoint(25, other, 4, second: 100).State("", Log.ToString(), second: 1000);

        _run.ReadBothWays().Runs[0].Run.Checkpoints.ShouldContain(checkpoint => checkpoint.Step == 25);
    }
}
