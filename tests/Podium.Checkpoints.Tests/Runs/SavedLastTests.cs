using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>Which of several runs the folder's recommendation is of.</summary>
public sealed class SavedLastTests : IDisposable
{
    private const string Youngest = "its newest own trainer_state.json is the youngest";
    private const string MoreOfItsOwn = "written within 2 s of another, it has more checkpoints of its own";
    private const string HigherStep = "written within 2 s of another and with as many checkpoints of its own, it goes to the higher step";

    private static readonly StateText Old = new StateText().Loss(10, 2).Loss(20, 1.8).Loss(30, 1.6).Loss(40, 1.5).Loss(50, 1.4).Loss(60, 1.3);
    private static readonly StateText New = Old.First(2).Loss(30, 1.7).Loss(40, 1.65).Loss(50, 1.62);

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private void NewestShouldBe(long step, string rule)
    {
        var folder = _run.ReadBothWays();
        folder.Runs[0].Run.Checkpoints.ShouldContain(checkpoint => checkpoint.Step == step);
        folder.Warnings.ShouldHaveSingleItem().Code.ShouldBe("several-runs");
        folder.Warnings[0].Message.ShouldEndWith($"{rule}.");
        folder.Warnings[0].Message.ShouldContain($"{folder.Runs.Count} runs");
        FolderRanking.Of(folder).Runs.Count.ShouldBe(folder.Runs.Count);
    }

    [Fact]
    public void Order_OneRun_SaysNothing() => _run.Checkpoint(10, Old, 1).Checkpoint(20, Old, 2).Read().Warnings.ShouldBeEmpty();

    [Fact]
    public void Order_OneIsYounger_ItIs()
    {
        _run.Checkpoint(20, Old, 2).Checkpoint(40, Old, 4, second: 5).Checkpoint(60, Old, 6, second: 6).Checkpoint(50, New, 5, second: 9);
        NewestShouldBe(50, Youngest);
    }

    [Fact]
    public void Order_MoreThanTwoSecondsApart_IsByTime()
    {
        _run.Checkpoint(20, Old, 2).Checkpoint(40, Old, 4, second: 10).Checkpoint(60, Old, 6, second: 10).Checkpoint(50, New, 5, second: 12.01);
        NewestShouldBe(50, Youngest);
    }

    [Fact]
    public void Order_WithinTwoSeconds_IsTheOneWithMoreOfItsOwn()
    {
        // 60 is younger by a second and a higher step, but 30 and 50 are two.
        _run.Checkpoint(20, Old, 2).Checkpoint(60, Old, 6, second: 11).Checkpoint(30, New, 3, second: 10).Checkpoint(50, New, 5, second: 10);
        NewestShouldBe(50, MoreOfItsOwn);
    }

    [Fact]
    public void Order_ExactlyTwoSecondsApart_CountsAsWithin()
    {
        _run.Checkpoint(20, Old, 2).Checkpoint(60, Old, 6, second: 12).Checkpoint(30, New, 3, second: 10).Checkpoint(50, New, 5, second: 10);
        NewestShouldBe(50, MoreOfItsOwn);
    }

    [Fact]
    public void Order_WithinTwoSecondsAndAsMany_IsTheHigherStep()
    {
        _run.Checkpoint(20, Old, 2).Checkpoint(60, Old, 6, second: 10).Checkpoint(50, New, 5, second: 11);
        NewestShouldBe(60, HigherStep);
    }

    [Fact]
    public void Order_SharedCheckpointsTime_PlaysNoPart()
    {
        // 20 was touched last, and both have it.
        _run.Checkpoint(20, Old, 2, second: 1000).Checkpoint(60, Old, 6, second: 10).Checkpoint(50, New, 5, second: 50);
        NewestShouldBe(50, Youngest);
    }

    [Fact]
    public void Order_ThreeRuns_EachIsInItsPlace()
    {
        var third = Old.First(2).Loss(70, 1);
        _run.Checkpoint(20, Old, 2).Checkpoint(60, Old, 6, second: 10).Checkpoint(50, New, 5, second: 50).Checkpoint(70, third, 3, second: 30);

        NewestShouldBe(50, Youngest);
        _run.Read().Runs.Select(run => run.Run.History.LastStep).ShouldBe([50, 70, 60]);
    }
}
