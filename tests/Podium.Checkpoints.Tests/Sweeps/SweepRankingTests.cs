using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Sweeps;
using Podium.Checkpoints.Tests.Material;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Sweeps;

public sealed class SweepRankingTests : IDisposable
{
    private readonly List<RunOnDisk> _runs = [];

    public void Dispose() => _runs.ForEach(run => run.Dispose());

    /// <summary>A run of two evaluations, on a set of so many samples.</summary>
    private RunOnDisk Run(int samples, double at10, double at20)
    {
        var run = new RunOnDisk();
        _runs.Add(run);
        string[] Evaluation(int step, double loss) => [$"\"eval_loss\": {StateText.Number(loss)}", "\"eval_runtime\": 10.0", $"\"eval_samples_per_second\": {StateText.Number(samples / 10.0)}", $"\"step\": {step}"];
        var log = new StateText().Entry(Evaluation(10, at10)).Entry(Evaluation(20, at20));
        return run.Checkpoint(10, log, 1).Checkpoint(20, log, 2);
    }

    private static SweepRanking Rank(Strategy? strategy, params RunOnDisk[] runs) => SweepRanking.Of(runs.Select(run => FolderRanking.Of(run.Read(), strategy)));

    private static string Name(SweepCheckpoint checkpoint) => $"{checkpoint.Run.Ranking.Run.History.Find("eval_loss")!.Values[0]} {checkpoint.Ranked.Checkpoint.Step}";

    [Fact]
    public void Of_ComparableRuns_AreOneOrderWithOneRecommendation()
    {
        var sweep = Rank(null, Run(100, 2, 1.5), Run(100, 1.9, 1.4), Run(100, 1.8, 1.6));

        var group = sweep.Groups.ShouldHaveSingleItem();
        group.Checkpoints.Select(Name).ShouldBe(["1.9 20", "2 20", "1.8 20", "1.8 10", "1.9 10", "2 10"]);
        group.Checkpoints.Select(checkpoint => checkpoint.Rank).ShouldBe(Enumerable.Range(1, 6));
        Name(sweep.Recommended!).ShouldBe("1.9 20");
        sweep.Recommended!.Path.ShouldBe(Path.Combine(_runs[1].Path, "checkpoint-20"));
        group.DiffersBecause.ShouldBeNull();
        sweep.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void Of_RunsThatCannotBeCompared_AreGroupsWithoutARecommendation()
    {
        var sweep = Rank(null, Run(100, 2, 1.5), Run(100, 1.9, 1.4), Run(300, 0.5, 0.4));

        sweep.Recommended.ShouldBeNull();
        sweep.Groups.Select(group => group.Runs.Count).ShouldBe([2, 1]);
        sweep.Groups.Select(group => group.DiffersBecause).ShouldBe([null, "evaluated on about 300 samples, not 100"]);
        Name(sweep.Groups[1].Best).ShouldBe("0.5 20");
    }

    [Fact]
    public void Of_LargestGroupMetLater_IsFirstAndTheOthersAreToldFromIt()
    {
        var sweep = Rank(null, Run(300, 0.5, 0.4), Run(100, 2, 1.5), Run(100, 1.9, 1.4), Run(700, 3, 2));

        sweep.Groups.Select(group => group.Runs.Count).ShouldBe([2, 1, 1]);
        sweep.Groups.Select(group => group.DiffersBecause).ShouldBe([null, "evaluated on about 300 samples, not 100", "evaluated on about 700 samples, not 100"]);
    }

    [Fact]
    public void Of_RunWithoutEvaluation_IsRefused()
    {
        var none = new RunOnDisk();
        _runs.Add(none);
        none.Checkpoint("checkpoint-10", new StateText().Loss(10, 1).ToString());

        var sweep = Rank(null, none, Run(100, 2, 1.5));

        sweep.Refused.ShouldHaveSingleItem().Ranking.Refusal.ShouldNotBeNull();
        Name(sweep.Recommended!).ShouldBe("2 20");
    }

    [Fact]
    public void Of_Nothing_IsNothing()
    {
        Rank(null).Groups.ShouldBeEmpty();
        Rank(null).Recommended.ShouldBeNull();
    }

    [Fact]
    public void Of_EvalLossStrategy_IsByIt()
    {
        var sweep = Rank(new EvalLossStrategy(), Run(100, 1.2, 1.5), Run(100, 1.9, 1.3));

        sweep.Groups.Single().Checkpoints.Select(Name).ShouldBe(["1.2 10", "1.9 20", "1.2 20", "1.9 10"]);
    }

    [Fact]
    public void Of_SweepOfRates_NamesWhatDiffers()
    {
        var (slow, fast) = (Run(100, 2, 1.5), Run(100, 1.9, 1.4));
        foreach (var (run, steps) in (ReadOnlySpan<(RunOnDisk, int)>)[(slow, 100), (fast, 200)])
            foreach (var name in (string[])["checkpoint-10", "checkpoint-20"])
                run.State(name, File.ReadAllText(run.StatePath(name)).TrimEnd('}') + $", \"max_steps\": {steps}}}");

        Rank(null, slow, fast).Groups.Single().DifferingSettings.ShouldBe(["max_steps"]);
    }
}
