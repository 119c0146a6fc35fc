using Podium.Checkpoints.Folders;
using Podium.Checkpoints.Following;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.EventFiles;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Following;

public sealed class RunWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GrowingRun _run;

    public RunWatchTests() => _run = new GrowingRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    private RunWatch Watch(int keepBest = 0, bool link = false, double quiet = 600) =>
        new(_folder.Path, new FollowOptions { Strategy = new EvalLossStrategy(), KeepBest = keepBest, Link = link, Quiet = TimeSpan.FromSeconds(quiet) });

    private static string[] Look(RunWatch watch) => EventTextOf.Of(watch.Look(TestContext.Current.CancellationToken));

    [Fact]
    public void Look_FirstTime_TellsOnlyTheBestAndHowFarItIs()
    {
        _run.Save(10, 2).Save(20, 1);
        using var watch = Watch();

        Look(watch).ShouldBe(["best checkpoint-20 before none", "progress 20/1000"]);
        Look(watch).ShouldBeEmpty();
    }

    [Fact]
    public void Look_AsTheRunGrows_TellsEachThingOnceInOrder()
    {
        using var watch = Watch();
        Look(watch).ShouldBeEmpty();
        _run.Save(10, 2);
        Look(watch).ShouldBe(["saved checkpoint-10", "evaluated 10 2", "best checkpoint-10 before none", "progress 10/1000"]);
        _run.Save(20, 1);
        Look(watch).ShouldBe(["saved checkpoint-20", "evaluated 20 1", "best checkpoint-20 before checkpoint-10", "progress 20/1000"]);
        _run.Save(30, 1.5).Rotate(10);
        Look(watch).ShouldBe(["saved checkpoint-30", "gone checkpoint-10", "evaluated 30 1.5", "progress 30/1000"]);
        Look(watch).ShouldBeEmpty();
    }

    [Fact]
    public void Look_HalfWrittenCheckpoint_IsToldWhenItIsWhole()
    {
        _run.Save(10, 2);
        using var watch = Watch();
        Look(watch);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "checkpoint-20"));
        Look(watch).ShouldNotContain("saved checkpoint-20");
        File.WriteAllBytes(Path.Combine(_folder.Path, "checkpoint-20", "model.safetensors"), GrowingRun.Weights(20));
        Look(watch).ShouldNotContain("saved checkpoint-20");
        Directory.Delete(Path.Combine(_folder.Path, "checkpoint-20"), recursive: true);
        _run.Save(20, 1);

        Look(watch).ShouldContain("saved checkpoint-20");
    }

    [Fact]
    public void Look_KeepBest_KeepsTheModelAndItsState_AndNoTrainingState()
    {
        _run.Save(10, 1);
        using var watch = Watch(keepBest: 1);
        Look(watch).ShouldContain("kept .podium/kept/checkpoint-10");

        _run.Files(".podium/kept/checkpoint-10").ShouldBe(["model.safetensors", "tokenizer/vocab.txt", "trainer_state.json"]);
        watch.Kept.ShouldBe(["checkpoint-10"]);
    }

    [Fact]
    public void Look_KeepBest_BestIsRotatedAway_RecommendsTheKeptOne_AndReleasesItForABetterOne()
    {
        using var watch = Watch(keepBest: 1);
        Look(watch);
        _run.Save(10, 1);
        Look(watch);
        _run.Save(20, 2).Rotate(10);
        Look(watch).ShouldBe(["saved checkpoint-20", "gone checkpoint-10 kept", "evaluated 20 2", "progress 20/1000"]);
        watch.Ranking!.Recommended!.Checkpoint.Path.ShouldBe(".podium/kept/checkpoint-10");
        FolderRanking.Of(RunFolderReader.Read(_folder.Path), new EvalLossStrategy()).Recommended!.Checkpoint.Path.ShouldBe(".podium/kept/checkpoint-10");

        _run.Save(30, 0.5);
        Look(watch).ShouldBe(
            ["saved checkpoint-30", "evaluated 30 0.5", "best checkpoint-30 before checkpoint-10", "kept .podium/kept/checkpoint-30", "released .podium/kept/checkpoint-10", "progress 30/1000"]);
        _run.Kept().ShouldBe(["checkpoint-30"]);
    }

    [Fact]
    public void Look_ForkWroteOverAKeptOne_GivesTheKeptOneANameOfItsOwn()
    {
        using var watch = Watch(keepBest: 1);
        _run.Save(10, 3).Save(20, 1).Save(30, 2);
        Look(watch);
        _run.Kept().ShouldBe(["checkpoint-20"]);
        var state = File.ReadAllBytes(Path.Combine(_folder.Path, ".podium/kept/checkpoint-20/trainer_state.json"));

        _run.ForkAfter(1).Save(20, 2.5);
        Look(watch);

        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(state))[..8];
        _run.Kept().ShouldBe(["checkpoint-20", $"checkpoint-20_{hash}"]);
        File.ReadAllBytes(Path.Combine(_folder.Path, $".podium/kept/checkpoint-20_{hash}/trainer_state.json")).ShouldBe(state);
        // Each is the best of its own run.
        RunFolderReader.Read(_folder.Path).Runs.Count.ShouldBe(2);
        watch.Ranking!.Runs.Select(run => Path.GetFileName(run.Best!.Checkpoint.Path)).Order(StringComparer.Ordinal).ShouldBe(["checkpoint-20", $"checkpoint-20_{hash}"]);
    }

    [Fact]
    public void Look_Link_SharesTheWeights_AndCopiesTheState()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("writes through a link as Unix does");
        _run.Save(10, 1);
        using (var watch = Watch(keepBest: 1, link: true)) Look(watch).ShouldContain("kept .podium/kept/checkpoint-10");

        File.WriteAllText(Path.Combine(_folder.Path, "checkpoint-10/tokenizer/vocab.txt"), "changed");
        File.WriteAllText(Path.Combine(_folder.Path, "checkpoint-10/trainer_state.json"), "changed");
        File.ReadAllText(Path.Combine(_folder.Path, ".podium/kept/checkpoint-10/tokenizer/vocab.txt")).ShouldBe("changed");
        File.ReadAllText(Path.Combine(_folder.Path, ".podium/kept/checkpoint-10/trainer_state.json")).ShouldNotBe("changed");
    }

    [Fact]
    public void Look_LinksInACheckpoint_AreFollowedOnlyInside()
    {
        _run.Save(10, 1);
        var outside = _folder.Write("outside.txt", "secret");
        var checkpoint = Path.Combine(_folder.Path, "checkpoint-10");
        File.CreateSymbolicLink(Path.Combine(checkpoint, "out.txt"), outside);
        File.CreateSymbolicLink(Path.Combine(checkpoint, "in.txt"), "tokenizer/vocab.txt");
        Directory.CreateSymbolicLink(Path.Combine(checkpoint, "round"), checkpoint);
        using var watch = Watch(keepBest: 1);
        Look(watch);

        _run.Files(".podium/kept/checkpoint-10").ShouldBe(["in.txt", "model.safetensors", "tokenizer/vocab.txt", "trainer_state.json"]);
    }

    [Fact]
    public void Look_SecondKeeper_IsRefused_AndMayBeginWhenTheFirstHasEnded()
    {
        _run.Save(10, 1);
        using (var first = Watch(keepBest: 1))
        {
            Look(first);
            using var second = Watch(keepBest: 1);
            Should.Throw<KeeperIsThereException>(() => Look(second));
            using var onlooker = Watch();
            Look(onlooker).ShouldNotBeEmpty();
        }

        using var third = Watch(keepBest: 1);
        Look(third).ShouldNotBeEmpty();
    }

    [Fact]
    public void Look_FolderInWhichNothingCanBeKept_SaysWhyAndBlamesNobody()
    {
        _run.Save(10, 1);
        _folder.Write(".podium", "a file where a folder is due");
        using var watch = Watch(keepBest: 1);

        var refused = Should.Throw<IOException>(() => Look(watch));
        refused.ShouldNotBeOfType<KeeperIsThereException>();
        refused.Message.ShouldStartWith($"Nothing can be kept in {_folder.Path}: ");
    }

    [Fact]
    public void Look_LeftoversOfAKilledKeeper_AreClearedAway()
    {
        _run.Save(10, 1);
        _folder.Write(".podium/kept/.incoming-checkpoint-10-1/model.safetensors", "half");
        _folder.Write(".podium/kept/.podium-trash-checkpoint-5-1/model.safetensors", "half");
        using var watch = Watch(keepBest: 1);
        Look(watch);

        _run.Kept().ShouldBe(["checkpoint-10"]);
    }

    [Fact]
    public void Look_NoCheckpointYet_LeavesTheFolderEmpty()
    {
        // Training scripts refuse an output folder that is not empty.
        using var watch = Watch(keepBest: 1);
        Look(watch);

        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Look_WhilePruning_ReleasesAtTheNextLook()
    {
        using var watch = Watch(keepBest: 1);
        _run.Save(10, 2);
        Look(watch);
        _run.Save(20, 1);
        using (RunFolderLock.TryTake(_folder.Path, PodiumFolder.Lock, "a test", TimeProvider.System, out _, out _).ShouldNotBeNull()) Look(watch);
        _run.Kept().ShouldBe(["checkpoint-10", "checkpoint-20"]);
        Look(watch).ShouldBe(["released .podium/kept/checkpoint-10"]);
    }

    [Fact]
    public void Wait_RunHasFinishedAndIsQuiet_EndsTheFollowing()
    {
        new GrowingRun(_folder.Path) { MaxSteps = 10 }.Save(10, 1);
        using var watch = Watch(quiet: 0.1);
        Look(watch);

        watch.Wait(TestContext.Current.CancellationToken).ShouldBeFalse();
        EventTextOf.Of(watch.Finished()).ShouldBe("finished");
    }

    [Fact]
    public void Look_TrainerBeganAnew_ShowsTheYoungerLog()
    {
        _run.Save(500, 1);
        var log = EventFileWriter.Begun().TrainingLog(5, 3f).Save(_folder, "runs/b/events.out.tfevents.2");
        File.SetLastWriteTimeUtc(log, File.GetLastWriteTimeUtc(log).AddMinutes(1));
        using var watch = Watch();

        Look(watch).ShouldContain("progress 5/1000");
        watch.Progress.TrainLoss.ShouldBe(new StepLoss(5, 3));
    }

    [Fact]
    public void Look_OlderLogThanTheLastSave_ShowsTheSave()
    {
        _run.Save(500, 1);
        var log = EventFileWriter.Begun().TrainingLog(5, 3f).Save(_folder, "runs/b/events.out.tfevents.2");
        File.SetLastWriteTimeUtc(log, File.GetLastWriteTimeUtc(log).AddMinutes(-1));
        using var watch = Watch();

        Look(watch).ShouldContain("progress 500/1000");
    }

    [Fact]
    public void Progress_LastStepOnlyLogged_IsNotTheEnd_UntilTheClosingEntry()
    {
        new GrowingRun(_folder.Path) { MaxSteps = 20 }.Save(10, 1);
        var events = EventFileWriter.Begun().TrainingLog(20, 1f);
        events.Save(_folder, "runs/a/events.out.tfevents.1");
        using var watch = Watch();
        Look(watch);
        watch.Progress.End.ShouldBe(RunEnd.Logged);

        events.Scalar("train/train_runtime", 20, 5f).Save(_folder, "runs/a/events.out.tfevents.1");
        Look(watch);
        watch.Progress.End.ShouldBe(RunEnd.Closed);
    }

    [Fact]
    public void Progress_OfARunWithTimesInItsLog_HasTheRemainingTime()
    {
        _run.Save(10, 1);
        var events = EventFileWriter.Begun();
        for (var step = 10; step <= 100; step += 10)
        {
            events.TrainingLog(step, 1f);
            events.Clock += 9.997;
        }

        events.Save(_folder, "runs/a/events.out.tfevents.1");
        using var watch = Watch();
        Look(watch);

        watch.Progress.Percent.ShouldBe(10);
        watch.Progress.Remaining!.Value.TotalSeconds.ShouldBe(900, tolerance: 10);
    }

    [Fact]
    public void Wait_RunHasNotFinished_WaitsForAChange()
    {
        _run.Save(10, 1);
        using var watch = Watch(quiet: 0.1);
        Look(watch);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        watch.Wait(enough.Token).ShouldBeFalse();
        enough.IsCancellationRequested.ShouldBeTrue();
    }
}
