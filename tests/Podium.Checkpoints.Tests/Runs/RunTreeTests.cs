using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>Which checkpoints make a run.</summary>
public sealed class RunTreeTests : IDisposable
{
    private static readonly StateText First = new StateText().Loss(10, 2).Eval(10, 1.9).Loss(20, 1.8).Eval(20, 1.7).Loss(30, 1.6).Eval(30, 1.5).Loss(40, 1.4).Eval(40, 1.3);

    /// <summary>The same up to step 20.</summary>
    private static readonly StateText Forked = First.First(4).Loss(30, 1.55).Eval(30, 1.45).Loss(40, 1.35).Eval(40, 1.25).Loss(50, 1.2).Eval(50, 1.15);

    private readonly RunOnDisk _run = new();

    public void Dispose() => _run.Dispose();

    private static string[] Paths(FolderRun run) => [.. run.Run.Checkpoints.OrderBy(checkpoint => checkpoint.Step).Select(checkpoint => checkpoint.Path)];

    private string[] Runs() => [.. _run.ReadBothWays().Runs.Select(run => string.Join(' ', run.Run.Checkpoints.Select(checkpoint => checkpoint.Step).Order())).Order(StringComparer.Ordinal)];

    [Fact]
    public void Sort_OneLineage_IsOneRunWithTheLongestHistory()
    {
        _run.Checkpoint(10, First, 2).Checkpoint(20, First, 4).Checkpoint(30, First, 6).Checkpoint(40, First, 8);

        var folder = _run.ReadBothWays();

        Paths(folder.Runs.ShouldHaveSingleItem()).ShouldBe(["checkpoint-10", "checkpoint-20", "checkpoint-30", "checkpoint-40"]);
        folder.Runs[0].Run.History.Count.ShouldBe(8);
        folder.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Sort_Fork_AncestorsBelongToBoth()
    {
        // Resumed from 20: it wrote 30 and 50; 40 is left of the older run.
        _run.Checkpoint(10, First, 2).Checkpoint(20, First, 4).Checkpoint(40, First, 8).Checkpoint(30, Forked, 6).Checkpoint(50, Forked, 10);

        Runs().ShouldBe(["10 20 30 50", "10 20 40"]);
    }

    [Fact]
    public void Sort_ForkOfAFork_EachTakesItsOwnAncestors()
    {
        var third = Forked.First(8).Loss(60, 9).Eval(60, 9);
        _run.Checkpoint(10, First, 2).Checkpoint(20, First, 4).Checkpoint(40, First, 8).Checkpoint(30, Forked, 6).Checkpoint(50, Forked, 10).Checkpoint(60, third, 10);

        Runs().ShouldBe(["10 20 30 50", "10 20 30 60", "10 20 40"]);
    }

    [Fact]
    public void Sort_ResumedWithAnotherMaxSteps_IsOneRun()
    {
        // The head and the tail of the file change, the history goes on.
        _run.Checkpoint("checkpoint-20", First.First(4).Head("\"epoch\": 1.0").Tail("\"max_steps\": 20").ToString())
            .Checkpoint("checkpoint-40", First.Copy().Head("\"epoch\": 2.0").Head("\"eval_steps\": 10").Tail("\"max_steps\": 40").ToString());

        Runs().ShouldBe(["20 40"]);
    }

    [Fact]
    public void Sort_IdenticalHistories_AreOneRun()
    {
        _run.Checkpoint("checkpoint-40", First.ToString()).Checkpoint("checkpoint-41", First.Copy().Head("\"epoch\": 3.0").ToString()).Checkpoint("checkpoint-42", First.ToString());

        Runs().ShouldBe(["40 41 42"]);
    }

    [Fact]
    public void Sort_SameValuesInAnotherFormatting_IsOneRun()
    {
        _run.Checkpoint("checkpoint-20", First.First(4).ToString(pretty: false))
            .Checkpoint("checkpoint-30", First.First(6).ToString().ReplaceLineEndings("\r\n"))
            .Checkpoint("checkpoint-40", First.ToString());

        Runs().ShouldBe(["20 30 40"]);
    }

    [Fact]
    public void Sort_AncestorOfTwoRunsThatAreWrittenUnlike_BelongsToBoth()
    {
        // The bytes of 10 and 20 begin one run's file and not the other's, whose values are the same.
        _run.Checkpoint(10, First, 2).Checkpoint(20, First, 4).Checkpoint(50, Forked, 10).Checkpoint("checkpoint-40", First.ToString(pretty: false));

        Runs().ShouldBe(["10 20 40", "10 20 50"]);
    }

    [Fact]
    public void Sort_SameValueInAnotherSpelling_IsTheSame()
    {
        _run.Checkpoint("checkpoint-10", """{"log_history": [{"loss": 20e-1, "step": 10.0}]}""")
            .Checkpoint("checkpoint-20", """{"log_history": [{"step": 10, "loss": 2}, {"step": 20, "eval_loss": 1}]}""");

        Runs().ShouldBe(["10 20"]);
    }

    [Fact]
    public void Sort_NaNEqualsNaN()
    {
        var log = new StateText().Loss(10, double.NaN).Eval(10, double.NaN).Loss(20, 0).Eval(20, double.NaN);
        _run.Checkpoint(10, log, 2).Checkpoint(20, log, 4);

        Runs().ShouldBe(["10 20"]);
    }

    [Fact]
    public void Sort_DifferenceInTheLastEntryOnly_IsAnotherRun()
    {
        _run.Checkpoint("checkpoint-20", First.First(3).Eval(20, 1.71).ToString()).Checkpoint("checkpoint-40", First.ToString());

        Runs().ShouldBe(["20", "40"]);
    }

    [Fact]
    public void Sort_Unrelated_AreRunsOfTheirOwn()
    {
        _run.Checkpoint("checkpoint-5", new StateText().Loss(5, 9).ToString()).Checkpoint("checkpoint-6", new StateText().Loss(6, 8).ToString()).Checkpoint("checkpoint-40", First.ToString());

        Runs().ShouldBe(["40", "5", "6"]);
    }

    [Fact]
    public void Sort_EmptyHistories_GoToTheLongestAlone()
    {
        // Each is a prefix of all; a folder without a state file is none the wiser.
        _run.Checkpoint(40, First, 8).Checkpoint(50, Forked, 10).Checkpoint("checkpoint-1", new StateText().ToString()).Checkpoint("checkpoint-2", state: null);

        Runs().ShouldBe(["1 2 50", "40"]);
    }

    [Fact]
    public void Sort_EmptyHistoriesOnly_AreOneRun()
    {
        _run.Checkpoint("checkpoint-1", new StateText().ToString()).Checkpoint("checkpoint-2", new StateText().ToString()).Checkpoint("checkpoint-3", state: null);

        Runs().ShouldBe(["1 2 3"]);
    }

    [Fact]
    public void Sort_LongFilesWhoseForkLiesBeforeTheirTails_AreToldApart()
    {
        // Two runs of equal length that log the same values at the end: a last entry is claimed by both.
        var one = new StateText();
        var other = new StateText();
        for (var step = 1; step <= 200; step++)
        {
            one.Loss(step, step == 3 ? 1.5 : 2);
            other.Loss(step, step == 3 ? 2.5 : 2);
        }

        _run.Checkpoint("checkpoint-200", one.ToString()).Checkpoint("checkpoint-201", other.ToString());
        foreach (var entries in (int[])[2, 100, 150]) _run.Checkpoint($"checkpoint-{entries}", one.First(entries).ToString());
        _run.Checkpoint("checkpoint-101", other.First(101).ToString());

        Runs().ShouldBe(["2 100 150 200", "2 101 201"]);
    }

    /// <summary>What reading the ends cannot see, as docs say: a change in the middle of a file that is not the longest of its run.</summary>
    [Fact]
    public void Sort_ChangeInTheMiddleOfAnAncestor_IsSeenByReadAllOnly()
    {
        var changed = new StateText().Loss(10, 2).Eval(10, 1.2).Loss(20, 1.8).Eval(20, 1.7).Loss(30, 1.6).Eval(30, 1.5);
        _run.Checkpoint("checkpoint-30", First.First(6).ToString()).Checkpoint("checkpoint-40", First.ToString()).Checkpoint("checkpoint-20", changed.First(4).ToString());

        _run.Read().Runs.ShouldHaveSingleItem().Run.Checkpoints.Count.ShouldBe(3);
        _run.Read(readAll: true).Runs.Select(run => string.Join(' ', Paths(run))).ShouldBe(["checkpoint-30 checkpoint-40", "checkpoint-20"], ignoreOrder: true);
    }

    [Fact]
    public void Sort_ChangeInTheMiddleOfTheLongestButOne_IsSeenBothWays()
    {
        // It is the longest that is placed by its last entry, so it is compared to its end.
        var changed = new StateText().Loss(10, 2).Eval(10, 1.2).Loss(20, 1.8).Eval(20, 1.7).Loss(30, 1.6).Eval(30, 1.5);
        _run.Checkpoint("checkpoint-10", First.First(2).ToString()).Checkpoint("checkpoint-30", changed.ToString()).Checkpoint("checkpoint-40", First.ToString());

        Runs().ShouldBe(["10 40", "30"]);
    }

    [Fact]
    public void Read_StepInTheStateFileIsAnother_TheFoldersNumberCountsAndItSaysSoOnce()
    {
        _run.Checkpoint("checkpoint-20", First.First(4).Head("\"global_step\": 25").ToString()).Checkpoint(40, First, 8).Checkpoint(50, Forked, 10);

        var folder = _run.ReadBothWays();

        folder.Runs.Count.ShouldBe(2);
        folder.Runs.ShouldAllBe(run => run.Run.Checkpoints.Any(checkpoint => checkpoint.Path == "checkpoint-20" && checkpoint.Step == 20));
        folder.Warnings.Where(warning => warning.Code == "step-mismatch").ShouldHaveSingleItem().Message.ShouldBe("checkpoint-20 says in its state file that it is of step 25; its folder's number counts.");
    }

    [Fact]
    public void Read_OneCheckpointItself_IsReadAloneAndNamedFromTheFolderAbove()
    {
        _run.Checkpoint(20, First, 4).Checkpoint(40, First, 8);

        var folder = RunFolderReader.Read(Path.Combine(_run.Path, "checkpoint-20"));

        folder.Path.ShouldBe(_run.Path);
        folder.Runs.ShouldHaveSingleItem().Run.Checkpoints.ShouldHaveSingleItem().Path.ShouldBe("checkpoint-20");
        Ranker.Rank(folder.Runs[0].Run).Best!.Scored!.Value.Value.ShouldBe(1.7);
    }
}
