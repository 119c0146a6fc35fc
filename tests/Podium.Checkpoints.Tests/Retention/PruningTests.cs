using Podium.Checkpoints.Retention;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Retention;

public sealed class PruningTests
{
    [Fact]
    public void Apply_DeletesWhatWasPlannedAndNothingElse()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3).File("runs/events.out.tfevents.1", new byte[10]).File("console.log", new byte[5]);
        var kept = Contents(run.Full("checkpoint-20")) + Contents(run.Full("checkpoint-40"));
        var plan = run.Survey();

        var outcome = run.Apply();

        outcome.Done.ShouldBe(["checkpoint-10", "checkpoint-30"]);
        outcome.FreedBytes.ShouldBe(plan.FreesBytes);
        outcome.FreedBytes.ShouldBe(plan.Plan.Decisions.Where(decision => decision.Action == RetentionAction.Delete).Sum(decision => decision.SizeBytes));
        run.Names().ShouldBe(["checkpoint-20", "checkpoint-40", "console.log", "runs"]);
        (Contents(run.Full("checkpoint-20")) + Contents(run.Full("checkpoint-40"))).ShouldBe(kept);
        run.Rank().Recommended!.Checkpoint.Path.ShouldBe("checkpoint-20");
        run.Survey().Plan.Deleted().ShouldBeEmpty();
    }

    [Fact]
    public void Survey_TouchesNothing()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);

        run.Survey().FreesBytes.ShouldBePositive();

        run.Names().Length.ShouldBe(4);
        Directory.Exists(run.Full(".podium")).ShouldBeFalse();
    }

    [Fact]
    public void Apply_TwinThatWasKeptFromRotation_GoesWithItsCheckpoint()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        run.File(".podium/kept/checkpoint-10/model.safetensors", RunToPrune.Weights(50)).File(".podium/kept/checkpoint-20/model.safetensors", RunToPrune.Weights(50));
        File.Copy(run.Full("checkpoint-10/trainer_state.json"), run.Full(".podium/kept/checkpoint-10/trainer_state.json"));

        run.Apply().Faults.ShouldBeEmpty();

        // Left behind it would be a checkpoint again.
        run.Rank().Runs.Single().Checkpoints.Select(ranked => ranked.Checkpoint.Path).ShouldBe(["checkpoint-20", "checkpoint-40"], ignoreOrder: true);
        Directory.EnumerateFileSystemEntries(run.Full(".podium/kept")).Select(path => Path.GetFileName(path)).ShouldBe(["checkpoint-20"]);
    }

    [Fact]
    public void Apply_CheckpointKeptFromRotationAlone_IsPrunedLikeAnyOther()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        Directory.CreateDirectory(run.Full(".podium/kept"));
        foreach (var name in (string[])["checkpoint-10", "checkpoint-20"]) Directory.Move(run.Full(name), run.Full($".podium/kept/{name}"));

        run.Apply().Done.ShouldBe([".podium/kept/checkpoint-10", "checkpoint-30"]);

        run.Rank().Recommended!.Checkpoint.Path.ShouldBe(".podium/kept/checkpoint-20");
    }

    [Fact]
    public void Apply_WhatAnEarlierOneLeft_IsFinished()
    {
        using var run = RunToPrune.Evaluated(1, 2).File(".podium-trash-checkpoint-5-0a/model.safetensors", new byte[70]).File(".podium/kept/.podium-trash-checkpoint-6-0b/x", new byte[30]).File(".podium-trash-last.ckpt-0c", new byte[1]);
        run.Survey().FreesBytes.ShouldBe(101);

        var outcome = run.Apply();

        outcome.FreedBytes.ShouldBe(101);
        run.Names().ShouldBe(["checkpoint-10", "checkpoint-20"]);
        Directory.EnumerateFileSystemEntries(run.Full(".podium/kept")).ShouldBeEmpty();
    }

    [Fact]
    public void Apply_FileWrittenAMomentAgo_IsRefusedAndNamesIt()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        File.SetLastWriteTimeUtc(run.File("logs/new.txt", [1]).Full("logs/new.txt"), LaterClock.AnHour.GetUtcNow().UtcDateTime.AddMinutes(-9.5));

        var outcome = run.Apply();

        outcome.Refusal!.Kind.ShouldBe(RetentionRefusalKind.StillChanging);
        outcome.Refusal.Message.ShouldContain("logs/new.txt was written 9 min ago");
        run.Names().Length.ShouldBe(5);
        // What would go is shown all the same.
        run.Survey().Plan.Deleted().Length.ShouldBe(2);
        run.Apply(options: new PruneOptions { Force = true, Time = LaterClock.AnHour }).Done.Count.ShouldBe(2);
    }

    [Fact]
    public void Survey_TimeInTheFuture_IsYoung()
    {
        using var run = RunToPrune.Evaluated(4, 1);
        File.SetLastWriteTimeUtc(run.Full("checkpoint-10/model.safetensors"), LaterClock.AnHour.GetUtcNow().UtcDateTime.AddDays(3));

        run.Survey().Refusal!.Message.ShouldContain("checkpoint-10/model.safetensors has a time in the future");
    }

    [Theory]
    [InlineData(-10.5, false)]
    [InlineData(-9.9, true)]
    public void Survey_TenMinutes_AreTheLimit(double minutes, bool refused)
    {
        using var run = RunToPrune.Evaluated(4, 1);
        File.SetLastWriteTimeUtc(run.Full("checkpoint-10/model.safetensors"), LaterClock.AnHour.GetUtcNow().UtcDateTime.AddMinutes(minutes));

        (run.Survey().Refusal is not null).ShouldBe(refused);
    }

    [Fact]
    public void Survey_PodiumsOwnFiles_DoNotMakeAFolderYoung()
    {
        using var run = RunToPrune.Evaluated(4, 1);
        foreach (var path in (string[])[".podium/checksums", ".podium-trash-x-1/file"])
            File.SetLastWriteTimeUtc(run.File(path, [1]).Full(path), LaterClock.AnHour.GetUtcNow().UtcDateTime);

        run.Survey().Refusal.ShouldBeNull();
    }

    [Fact]
    public void Apply_WhileAnotherDoes_IsRefusedAndSaysWho()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        PruneOutcome? second = null;

        var first = run.Apply(options: new PruneOptions { Time = LaterClock.AnHour, OnStep = _ => second ??= run.Apply() });

        first.Done.Count.ShouldBe(2);
        second!.Refusal!.Kind.ShouldBe(RetentionRefusalKind.NotOurs);
        second.Refusal.Message.ShouldContain($"podium prune, process {Environment.ProcessId}");
        second.Done.ShouldBeEmpty();
        run.Apply().Refusal.ShouldBeNull();
    }

    [Fact]
    public void Apply_IsPlannedAnewUnderTheLock()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        run.Survey().Plan.Deleted().ShouldBe(["checkpoint-10", "checkpoint-30"]);
        Directory.Delete(run.Full("checkpoint-20"), recursive: true);

        run.Apply().Done.ShouldBe(["checkpoint-10"]);
    }

    [Fact]
    public void Apply_Stopped_EndsBetweenTwo()
    {
        using var run = RunToPrune.Evaluated(9, 8, 7, 6, 5, 4, 3, 1);
        using var stop = new CancellationTokenSource();
        var outcome = run.Apply(options: new PruneOptions { Time = LaterClock.AnHour, OnStep = step => { if (step.Done == 2) stop.Cancel(); } }, cancellation: stop.Token);

        outcome.WasStopped.ShouldBeTrue();
        outcome.Done.ShouldBe(["checkpoint-10", "checkpoint-20", "checkpoint-30"]);
        run.Names().Length.ShouldBe(5);
    }

    [Fact]
    public void Apply_OneThatIsGoneMeanwhile_IsNoFault()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);

        var outcome = run.Apply(options: new PruneOptions { Time = LaterClock.AnHour, OnStep = step => { if (step.Done == 0) Directory.Delete(run.Full("checkpoint-10"), recursive: true); } });

        outcome.Faults.ShouldBeEmpty();
        run.Names().ShouldBe(["checkpoint-20", "checkpoint-40"]);
    }

    [Fact]
    public void Apply_OneThatMayNotBeDeleted_StopsNoOther()
    {
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            Assert.Skip("needs a user who may not do everything");
            return;
        }

        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        File.SetUnixFileMode(run.Full("checkpoint-10"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var outcome = run.Apply();

        outcome.Faults.ShouldHaveSingleItem().Path.ShouldBe("checkpoint-10");
        outcome.Done.ShouldBe(["checkpoint-30"]);
        foreach (var left in Directory.EnumerateDirectories(run.Path)) File.SetUnixFileMode(left, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Apply_CheckpointsOfLightning_AreFilesAndGoLikeFolders()
    {
        var real = SharedMaterial.Require("hf-runs/lightning-csv");
        using var folder = new TemporaryFolder();
        Copy(real, folder.Path);
        var path = Path.Combine(folder.Path, "checkpoints");

        var outcome = Prune(path);

        outcome.Done.Count.ShouldBe(10);
        Directory.EnumerateFiles(path, "*.ckpt").Select(Path.GetFileName).ShouldBe(["epoch=1-step=20-val_loss=0.428.ckpt", "epoch=11-step=120-val_loss=0.295.ckpt", "last.ckpt"], ignoreOrder: true);
    }

    [Fact]
    public void Apply_RealForks_KeepTheirBestAndTheAncestor()
    {
        using var folder = new TemporaryFolder();
        Copy(SharedMaterial.Require("hf-runs/gpt2-forked"), folder.Path);

        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder.Path, "checkpoint-100"))) File.SetLastWriteTimeUtc(file, Copied.AddHours(-1));
        Prune(folder.Path).Done.ShouldBe(["checkpoint-20", "checkpoint-60", "checkpoint-80"]);

        var after = FolderRanking.Of(RunFolderReader.Read(folder.Path));
        after.Runs.Count.ShouldBe(2);
        after.Recommended!.Checkpoint.Path.ShouldBe("checkpoint-90");
        after.Runs[1].Best!.Checkpoint.Path.ShouldBe("checkpoint-100");
    }

    [Fact]
    public void Apply_RealForksOfOneTime_SayThatAnotherRunWillCountAsTheNewest()
    {
        using var folder = new TemporaryFolder();
        Copy(SharedMaterial.Require("hf-runs/gpt2-forked"), folder.Path);
        FolderRanking.Of(RunFolderReader.Read(folder.Path)).Recommended!.Checkpoint.Path.ShouldBe("checkpoint-90");

        Prune(folder.Path).Survey.Plan.Warning!.ShouldStartWith("Then run 2 of 2 will count as the one that was saved last");

        FolderRanking.Of(RunFolderReader.Read(folder.Path)).Recommended!.Checkpoint.Path.ShouldBe("checkpoint-100");
    }

    [Fact]
    public void Apply_KeptCopyOfADeletedCheckpoint_GoesWithIt()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        foreach (var file in (string[])["model.safetensors", "trainer_state.json"]) run.File($".podium/kept/checkpoint-10/{file}", File.ReadAllBytes(run.Full($"checkpoint-10/{file}")));

        run.Apply();

        Directory.Exists(run.Full(".podium/kept/checkpoint-10")).ShouldBeFalse();
    }

    [Fact]
    public void Apply_KeptCheckpointOfARunThatAForkWroteOver_StaysThoughTheOneOfItsNameGoes()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        run.Checkpoint(".podium/kept/checkpoint-10", new StateText().Loss(10, 0.4).Eval(10, 0.5), 10);

        run.Apply();

        run.Names().ShouldNotContain("checkpoint-10");
        Directory.Exists(run.Full(".podium/kept/checkpoint-10")).ShouldBeTrue();
        run.Rank().Runs.ShouldContain(each => each.Best!.Checkpoint.Path == ".podium/kept/checkpoint-10");
    }

    private static readonly DateTime Copied = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private static PruneOutcome Prune(string path) => Pruning.Apply(
        path,
        () => FolderRanking.Of(RunFolderReader.Read(path)),
        new RetentionPolicy(),
        new PruneOptions { Time = LaterClock.AnHour });

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
            File.SetLastWriteTimeUtc(copy, Copied);
        }
    }

    private static string Contents(string folder) => string.Join('\n', Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}"));
}
