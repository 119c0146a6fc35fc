namespace Podium.Checkpoints.Tests.Retention;

public sealed class FolderLinksTests
{
    [Theory]
    [InlineData("best", "checkpoint-10")]
    [InlineData("best", "./checkpoint-10/")]
    [InlineData("model.safetensors", "checkpoint-10/model.safetensors")]
    [InlineData("checkpoint-40/base.safetensors", "../checkpoint-10/model.safetensors")]
    public void Survey_WhatALinkOfTheFolderLeadsTo_Stays(string link, string target)
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        File.CreateSymbolicLink(run.Full(link), target);

        var plan = run.Survey().Plan;

        plan.Why("checkpoint-10").ShouldBe([$"{link} links to it"]);
        plan.Deleted().ShouldBe(["checkpoint-30"]);
    }

    [Fact]
    public void Survey_FolderAndTargetByOtherNames_AreTheSamePlace()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        using var elsewhere = new TemporaryFolder();
        var alias = Path.Combine(elsewhere.Path, "alias");
        File.CreateSymbolicLink(alias, run.Path);
        File.CreateSymbolicLink(run.Full("older"), Path.Combine(alias, "checkpoint-10"));
        File.CreateSymbolicLink(run.Full("best"), "older");

        run.Survey().Plan.Kept().ShouldContain("checkpoint-10");
    }

    [Fact]
    public void Survey_LinksThatLeadElsewhereOrNowhereOrInACircle_KeepNothing()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        File.CreateSymbolicLink(run.Full("gone"), "checkpoint-11");
        File.CreateSymbolicLink(run.Full("outside"), "/tmp");
        File.CreateSymbolicLink(run.Full("a"), "b");
        File.CreateSymbolicLink(run.Full("b"), "a");
        File.CreateSymbolicLink(run.Full("checkpoint-10/own"), "model.safetensors");

        run.Survey().Plan.Deleted().ShouldBe(["checkpoint-10", "checkpoint-30"]);
    }

    [Fact]
    public void Survey_LinkToAKeptCopy_KeepsTheCheckpointToo()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3).File(".podium/kept/checkpoint-10/model.safetensors", RunToPrune.Weights(10));
        File.CreateSymbolicLink(run.Full("best"), ".podium/kept/checkpoint-10");

        run.Survey().Plan.Kept().ShouldContain("checkpoint-10");
    }

    [Fact]
    public void Apply_CheckpointThatIsALink_IsLeftAloneWithItsTarget()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        using var elsewhere = new TemporaryFolder();
        Directory.Move(run.Full("checkpoint-10"), Path.Combine(elsewhere.Path, "moved"));
        Directory.CreateSymbolicLink(run.Full("checkpoint-10"), Path.Combine(elsewhere.Path, "moved"));

        run.Apply().Done.ShouldBe(["checkpoint-30"]);

        File.Exists(run.Full("checkpoint-10/model.safetensors")).ShouldBeTrue();
    }

    [Fact]
    public void Apply_LinksInWhatIsDeleted_AreNotFollowed()
    {
        using var run = RunToPrune.Evaluated(4, 1, 2, 3);
        using var elsewhere = new TemporaryFolder();
        var precious = elsewhere.Write("precious/file", "kept");
        Directory.CreateSymbolicLink(run.Full("checkpoint-10/folder"), Path.Combine(elsewhere.Path, "precious"));
        File.CreateSymbolicLink(run.Full("checkpoint-10/file"), precious);

        run.Apply().Faults.ShouldBeEmpty();

        File.ReadAllText(precious).ShouldBe("kept");
        Directory.Exists(run.Full("checkpoint-10")).ShouldBeFalse();
    }
}
