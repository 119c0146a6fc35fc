using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Tests.Folders;

public sealed class RunFinderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string At(string relative) => Path.Combine(_folder.Path, relative);

    private void Checkpoint(string relative) => _folder.Write($"{relative}/trainer_state.json", "{}");

    private string[] Find(string relative = "") => [.. RunFinder.Find(At(relative)).Select(path => Path.GetRelativePath(_folder.Path, path))];

    [Fact]
    public void Find_CheckpointItself_IsThat()
    {
        Checkpoint("run/checkpoint-20");

        Find("run/checkpoint-20").ShouldBe([Path.Combine("run", "checkpoint-20")]);
        RunFinder.IsCheckpoint(At("run/checkpoint-20")).ShouldBeTrue();
        RunFinder.IsCheckpoint(At("run/checkpoint-20/")).ShouldBeTrue();
        RunFinder.IsCheckpoint(At("run")).ShouldBeFalse();
    }

    [Fact]
    public void Find_RunFolder_IsItselfAlone()
    {
        Checkpoint("run/checkpoint-20");
        Checkpoint("run/inner/checkpoint-20");

        Find("run").ShouldBe(["run"]);
        RunFinder.IsRunFolder(At("run")).ShouldBeTrue();
    }

    [Fact]
    public void Find_Tree_GivesEachRunInNaturalOrder()
    {
        foreach (var run in (int[])[1, 2, 10, 9]) Checkpoint($"sweep/run-{run}/checkpoint-20");
        Checkpoint("sweep/deep/er/still/run/checkpoint-5");
        Directory.CreateDirectory(At("sweep/empty"));

        Find().ShouldBe([Path.Combine("sweep", "deep", "er", "still", "run"), .. ((int[])[1, 2, 9, 10]).Select(run => Path.Combine("sweep", $"run-{run}"))]);
    }

    [Theory]
    [InlineData("run/trainer_state.json")]
    [InlineData("run/trainer_log.jsonl")]
    [InlineData("run/epoch=1-step=20.ckpt")]
    [InlineData("run/last-checkpoint/config.json")]
    [InlineData("run/epoch_1/model.safetensors")]
    [InlineData("run/metrics.csv")]
    [InlineData("run/events.out.tfevents.1.host")]
    public void Find_WhatTellsOfARun_IsFound(string file)
    {
        _folder.Write(file, "");

        Find().ShouldBe(["run"]);
    }

    [Theory]
    [InlineData("run/epoch_1/config.json")]
    [InlineData("run/model.safetensors")]
    [InlineData("run/checkpoint-best/model.safetensors")]
    [InlineData("run/notes.txt")]
    public void Find_WhatTellsOfNone_IsNot(string file)
    {
        _folder.Write(file, "");

        Find().ShouldBeEmpty();
    }

    [Fact]
    public void Find_BareLogBesideRuns_IsNoRun()
    {
        Checkpoint("a/checkpoint-20");
        _folder.Write("b/metrics.csv", "step,loss\n");

        Find().ShouldBe(["a"]);
    }

    [Fact]
    public void Find_HiddenFolders_AreLeftOut()
    {
        Checkpoint("run/checkpoint-20");
        Checkpoint(".cache/run/checkpoint-20");

        Find().ShouldBe(["run"]);
    }

    [Fact]
    public void Find_LoopOfLinks_Ends()
    {
        Checkpoint("sweep/run/checkpoint-20");
        Directory.CreateSymbolicLink(At("sweep/loop"), At("sweep"));
        Directory.CreateSymbolicLink(At("sweep/dangling"), At("nowhere"));

        Find().ShouldBe([Path.Combine("sweep", "run")]);
    }

    [Fact]
    public void Find_LinkToACheckpoint_CountsAsOne()
    {
        Checkpoint("elsewhere/checkpoint-20");
        Directory.CreateDirectory(At("run"));
        Directory.CreateSymbolicLink(At("run/checkpoint-20"), At("elsewhere/checkpoint-20"));

        Find("run").ShouldBe(["run"]);
    }

    [Fact]
    public void Find_FolderThatMayNotBeRead_HidesNoOther()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "needs a user whom permissions stop");
        Checkpoint("run/checkpoint-20");
        Checkpoint("locked/checkpoint-20");
        File.SetUnixFileMode(At("locked"), UnixFileMode.None);
        try
        {
            Find().ShouldBe(["run"]);
        }
        finally
        {
            File.SetUnixFileMode(At("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Find_TooDeep_IsNotSearched()
    {
        Checkpoint(string.Join('/', Enumerable.Repeat("d", 11)) + "/run/checkpoint-20");
        Checkpoint("other/" + string.Join('/', Enumerable.Repeat("d", 12)) + "/run/checkpoint-20");

        Find().ShouldHaveSingleItem().ShouldStartWith("d");
    }

    [Fact]
    public void Find_NoSuchFolder_Throws() => Should.Throw<DirectoryNotFoundException>(() => RunFinder.Find(At("gone")));

    [Theory]
    [InlineData("runs/a", "runs")]
    [InlineData("runs/a/", "runs")]
    [InlineData("checkpoint-20", ".")]
    [InlineData("/runs/a", "/runs")]
    public void Above_Path_MeansTheSameFromWhereItWasWritten(string path, string above) => RunFinder.Above(path).ShouldBe(above);

    [Fact]
    public void Above_Dot_IsWorkedOut() => RunFinder.Above(".").ShouldBe(Path.GetDirectoryName(Directory.GetCurrentDirectory()));

    [Fact]
    public void FindSome_MoreThanAreWanted_GivesSoManyAndSaysThatThereAreMore()
    {
        for (var run = 1; run <= 5; run++) Checkpoint($"run-{run}/checkpoint-10");

        var some = RunFinder.FindSome(_folder.Path, 3, TestContext.Current.CancellationToken);
        var all = RunFinder.FindSome(_folder.Path, 5, TestContext.Current.CancellationToken);

        some.Folders.Count.ShouldBe(3);
        some.IsWhole.ShouldBeFalse();
        all.Folders.Select(folder => Path.GetFileName(folder)).ShouldBe(["run-1", "run-2", "run-3", "run-4", "run-5"]);
        all.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void FindSome_TimeIsOver_GivesWhatWasFoundAndSaysThatItIsNotAll()
    {
        Checkpoint("run/checkpoint-10");

        var found = RunFinder.FindSome(_folder.Path, 5, new CancellationToken(canceled: true));

        found.Folders.ShouldBeEmpty();
        found.IsWhole.ShouldBeFalse();
    }

    [Fact]
    public void FindSome_FolderThatIsGone_HasNone() => RunFinder.FindSome("/nowhere/at/all", 5, TestContext.Current.CancellationToken).ShouldSatisfyAllConditions(found => found.Folders.ShouldBeEmpty(), found => found.IsWhole.ShouldBeTrue());
}
