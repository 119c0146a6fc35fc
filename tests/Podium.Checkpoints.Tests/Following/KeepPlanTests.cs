using Podium.Checkpoints.Following;
using Podium.Histories;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Following;

public sealed class KeepPlanTests
{
    private readonly List<RunRanking> _runs = [];
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    private KeepPlanTests Run(params (string Path, long Step, double Loss, CheckpointState State)[] checkpoints)
    {
        var history = new TrainingHistoryBuilder();
        foreach (var checkpoint in checkpoints.DistinctBy(one => one.Step))
        {
            history.BeginEntry();
            history.SetStep(checkpoint.Step);
            history.Set("eval_loss", checkpoint.Loss);
        }

        _runs.Add(Ranker.Rank(new Run(history.Build(), [.. checkpoints.Select(one => new Checkpoint(one.Path, one.Step) { State = one.State })]), new EvalLossStrategy()));
        return this;
    }

    private static (string, long, double, CheckpointState) At(long step, double loss, CheckpointState state = CheckpointState.Complete, bool isKept = false) =>
        ($"{(isKept ? ".podium/kept/" : "")}checkpoint-{step}", step, loss, state);

    private (string[] Keep, string[] Release) Plan(int best)
    {
        var plan = KeepPlan.For(_runs, best, _kept, checkpoint => !_unreadable.Contains(checkpoint.Path));
        return ([.. plan.Keep.Select(one => one.Path)], [.. plan.Release.Select(one => one.Path)]);
    }

    [Fact]
    public void Plan_NothingKept_KeepsTheBestInTheirOrder() =>
        Run(At(10, 2), At(20, 1), At(30, 1.5)).Plan(2).Keep.ShouldBe(["checkpoint-20", "checkpoint-30"]);

    [Fact]
    public void Plan_KeptAlready_IsNotKeptAgain()
    {
        _kept.Add("checkpoint-20");

        Run(At(10, 2), At(20, 1), At(30, 1.5)).Plan(2).Keep.ShouldBe(["checkpoint-30"]);
    }

    [Theory]
    [InlineData(CheckpointState.Incomplete)]
    [InlineData(CheckpointState.Damaged)]
    [InlineData(CheckpointState.Weightless)]
    [InlineData(CheckpointState.NeedsConsolidation)]
    public void Plan_BestIsNotComplete_KeepsTheNext(CheckpointState state) =>
        Run(At(10, 2), At(20, 1, state)).Plan(1).Keep.ShouldBe(["checkpoint-10"]);

    [Fact]
    public void Plan_BestHasNoReadableState_KeepsTheNext()
    {
        _unreadable.Add("checkpoint-20");

        Run(At(10, 2), At(20, 1)).Plan(1).Keep.ShouldBe(["checkpoint-10"]);
    }

    [Fact]
    public void Plan_NoFiniteScore_KeepsNothing() => Run(At(10, double.NaN), At(20, double.NaN)).Plan(1).Keep.ShouldBeEmpty();

    [Fact]
    public void Plan_LastCheckpointAndEpochNames_KeepsOnlyWhatANumberTellsApart() =>
        Run(("last-checkpoint", 30, 1, CheckpointState.Complete), ("checkpoint-epoch-2", 20, 1.5, CheckpointState.Complete)).Plan(1).Keep.ShouldBe(["checkpoint-epoch-2"]);

    [Fact]
    public void Plan_BetterOneNotKeptYet_ReleasesNothing()
    {
        _kept.Add("checkpoint-10");

        Run(At(10, 2, isKept: true), At(20, 1)).Plan(1).Release.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_BetterOneKept_ReleasesTheWorse()
    {
        _kept.UnionWith(["checkpoint-10", "checkpoint-20"]);

        Run(At(10, 2, isKept: true), At(20, 1)).Plan(1).Release.ShouldBe([".podium/kept/checkpoint-10"]);
    }

    [Fact]
    public void Plan_FewerBetterOnesKeptThanWanted_ReleasesNothing()
    {
        _kept.UnionWith(["checkpoint-10", "checkpoint-20"]);

        Run(At(10, 2, isKept: true), At(20, 1)).Plan(2).Release.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_KeptOneDamaged_IsLeftAlone_AndDoesNotCount()
    {
        _kept.UnionWith(["checkpoint-10", "checkpoint-20", "checkpoint-30"]);

        var plan = Run(At(10, 2, isKept: true), At(20, 1, CheckpointState.Damaged, isKept: true), At(30, 3, CheckpointState.Damaged, isKept: true)).Plan(1);

        plan.Keep.ShouldBeEmpty();
        plan.Release.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_KeptOneOfNoRun_IsLeftAlone()
    {
        _kept.UnionWith(["checkpoint-20", "checkpoint-99"]);

        Run(At(10, 2), At(20, 1)).Plan(1).Release.ShouldBeEmpty();
    }

    [Fact]
    public void Plan_SharedByTwoRuns_IsReleasedOnlyWhenBothCanDoWithoutIt()
    {
        _kept.UnionWith(["checkpoint-10", "checkpoint-20"]);
        Run(At(10, 2, isKept: true), At(20, 1)).Run(At(10, 2, isKept: true), At(30, 1.5));

        Plan(1).Release.ShouldBeEmpty();
        _kept.Add("checkpoint-30");
        Plan(1).Release.ShouldBe([".podium/kept/checkpoint-10"]);
    }

    [Fact]
    public void Plan_SeveralRuns_KeepsTheBestOfEach() =>
        Run(At(10, 2), At(20, 1)).Run(At(30, 5), At(40, 6)).Plan(1).Keep.ShouldBe(["checkpoint-20", "checkpoint-30"]);
}
