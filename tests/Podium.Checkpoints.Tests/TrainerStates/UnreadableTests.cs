using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.TrainerStates;

/// <summary>One bad checkpoint never hides the good ones.</summary>
public sealed class UnreadableTests : IDisposable
{
    private static readonly StateText Log = new StateText().Loss(10, 2).Eval(10, 1.5).Loss(20, 1).Eval(20, 1.25).Loss(30, 0.9).Eval(30, 1.2);

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(30)]
    public void Read_OneFaultyFile_IsNamedAndTheOthersAreRanked(int faulty)
    {
        _run.Checkpoint(10, Log, 2).Checkpoint(20, Log, 4).Checkpoint(30, Log, 6);
        _run.State($"checkpoint-{faulty}", "{\n  \"log_history\": [\n    {\"loss\": oops}\n  ]\n}");

        var folder = _run.ReadBothWays();

        var unreadable = folder.Unreadable.ShouldHaveSingleItem();
        unreadable.Path.ShouldBe($"checkpoint-{faulty}");
        unreadable.Fault.Path.ShouldBe(_run.StatePath($"checkpoint-{faulty}"));
        (unreadable.Fault.Line, unreadable.Fault.Offset).ShouldBe((3, 34));
        var run = folder.Runs.ShouldHaveSingleItem().Run;
        run.Checkpoints.Count.ShouldBe(2);
        Ranker.Rank(run).Best.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("{\"log_history\": {}}")]
    [InlineData("{\"log_history\": [1]}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"log_history\": []} trailing")]
    public void Read_NoStateFileAtAll_IsUnreadable(string text) =>
        _run.Checkpoint("checkpoint-10", text).ReadBothWays().Unreadable.ShouldHaveSingleItem().Path.ShouldBe("checkpoint-10");

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"log_history\": []}")]
    [InlineData("{\"global_step\": 10}")]
    public void Read_NoHistory_IsACheckpointWithoutEvaluation(string text)
    {
        var ranking = _run.Checkpoint("checkpoint-10", text).RankOnly();

        ranking.Refusal!.Kind.ShouldBe(RefusalKind.NoEvaluation);
        ranking.Refusal.Message.ShouldContain("The newest complete checkpoint is checkpoint-10.");
        ranking.Checkpoints.Single().Score.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Read_StateFileThatIsADirectory_HidesNoOther()
    {
        _run.Checkpoint(10, Log, 2).Checkpoint("checkpoint-20", state: null);
        Directory.CreateDirectory(_run.StatePath("checkpoint-20"));

        Ranker.Rank(_run.ReadBothWays().Runs.Single().Run).Best!.Checkpoint.Step.ShouldBe(10);
    }

    [Fact]
    public void Read_NoSuchFolder_Throws() =>
        Should.Throw<DirectoryNotFoundException>(() => Podium.Checkpoints.RunFolders.RunFolderReader.Read(Path.Combine(_run.Path, "gone")));
}
