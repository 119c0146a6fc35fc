using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Retention;

public sealed class PruneTests
{
    [Fact]
    public async Task Prune_WithoutApply_ShowsAndDeletesNothing()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);

        var run = (await PodiumProcess.RunAsync("prune", folder.Path)).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.Unwrapped().ShouldContain("Deleting 2 of 4 checkpoints would free");
        run.Output.Unwrapped().ShouldContain("nothing was deleted: add --apply");
        run.Output.Lines().ShouldAllBe(line => line.FitsIn80Columns());
        folder.Names().Length.ShouldBe(4);
    }

    [Fact]
    public async Task Prune_Apply_DeletesAndSaysWhat()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);

        (await PodiumProcess.RunAsync("prune", folder.Path, "--apply")).ShouldExitWith(0).Output.ShouldContain("Deleted 2 checkpoints: freed");

        folder.Names().ShouldBe(["checkpoint-20", "checkpoint-40"]);
        (await PodiumProcess.RunAsync("best", folder.Path)).ShouldExitWith(0).Output.ShouldBe($"{folder.Path}/checkpoint-20\n");
        (await PodiumProcess.RunAsync("prune", folder.Path)).ShouldExitWith(0).Output.ShouldContain("There is nothing to delete.");
    }

    [Fact]
    public async Task Prune_Json_HasTheFieldsThatProgramsRead()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3).File(".podium-trash-checkpoint-5-0a/x", new byte[7]);

        var run = (await PodiumProcess.RunAsync("prune", folder.Path, "--format", "json")).ShouldExitWith(0);

        var answer = run.Json();
        answer.EnumerateObject().Select(member => member.Name).ShouldBe(["folders", "frees_bytes"]);
        var only = answer.Items("folders").ShouldHaveSingleItem();
        only.EnumerateObject().Select(member => member.Name).ShouldBe(["folder", "strategy", "strategy_from", "applied", "refused", "runs", "checkpoints", "trash", "faults", "frees_bytes"]);
        only.Text("folder").ShouldBe(folder.Path);
        only.GetProperty("applied").GetBoolean().ShouldBeFalse();
        only.GetProperty("refused").ValueKind.ShouldBe(JsonValueKind.Null);
        var first = only.Items("checkpoints")[0];
        first.EnumerateObject().Select(member => member.Name).ShouldBe(["path", "step", "runs", "state", "size_bytes", "action", "done", "reasons", "frees_bytes"]);
        (first.Text("path"), first.Text("action"), first.Text("state")).ShouldBe(("checkpoint-10", "delete", "complete"));
        first.Number("frees_bytes").ShouldBe(first.Number("size_bytes"));
        only.Items("checkpoints")[1].Items("reasons").ShouldHaveSingleItem().GetString().ShouldBe("best 1");
        only.Items("trash").ShouldHaveSingleItem().Text("path").ShouldBe(".podium-trash-checkpoint-5-0a");
        var total = only.Items("runs").ShouldHaveSingleItem();
        (total.Number("run"), total.Number("kept"), total.Number("deleted")).ShouldBe((1, 2, 2));
        answer.Number("frees_bytes").ShouldBe(total.Number("frees_bytes") + 7);
        run.Error.ShouldContain("nothing was deleted");
    }

    [Fact]
    public async Task Prune_NoFiniteEvaluation_ExitsWith3AndSaysHowToGoOn()
    {
        using var folder = new PrunedRun().Run("", double.NaN, double.NaN, double.NaN);

        var run = (await PodiumProcess.RunAsync("prune", folder.Path, "--apply")).ShouldExitWith(3);
        run.Output.Unwrapped().ShouldContain("--keep-best 0 --keep-latest 1");
        folder.Names().Length.ShouldBe(3);
        var json = (await PodiumProcess.RunAsync("prune", folder.Path, "--apply", "-f", "json")).ShouldExitWith(3).Json().Items("folders")[0];
        json.GetProperty("applied").GetBoolean().ShouldBeFalse();
        json.Text("refused").ShouldNotBeNull();

        (await PodiumProcess.RunAsync("prune", folder.Path, "--apply", "--keep-best", "0")).ShouldExitWith(0);
        folder.Names().ShouldBe(["checkpoint-30"]);
    }

    [Fact]
    public async Task Prune_FileWrittenAMomentAgo_IsRefusedUnlessForced()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);
        File.WriteAllText(folder.Full("train.log"), "step 41");

        (await PodiumProcess.RunAsync("prune", folder.Path)).ShouldExitWith(0).Output.Unwrapped().ShouldContain("It would be refused now: train.log was written");
        (await PodiumProcess.RunAsync("prune", folder.Path, "--apply")).ShouldExitWith(1).Output.Unwrapped().ShouldContain("Nothing was deleted: train.log was written");
        folder.Names().Length.ShouldBe(5);
        (await PodiumProcess.RunAsync("prune", folder.Path, "--apply", "--force")).ShouldExitWith(0);
        folder.Names().Length.ShouldBe(3);
    }

    [Fact]
    public async Task Prune_Named_Stays()
    {
        using var folder = new PrunedRun().Run("", 5, 4, 1, 2, 3);

        (await PodiumProcess.RunAsync("prune", folder.Path, "--keep", "checkpoint-10", "--keep", folder.Full("checkpoint-20/"), "--apply")).ShouldExitWith(0);

        folder.Names().ShouldBe(["checkpoint-10", "checkpoint-20", "checkpoint-30", "checkpoint-50"]);
    }

    [Fact]
    public async Task Prune_NameThatIsNotThere_ExitsWith2AndDeletesNothing()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);

        (await PodiumProcess.RunAsync("prune", folder.Path, "--keep", "checkpoint-11", "--apply")).ShouldExitWith(2).Error.ShouldContain("'checkpoint-11'");

        folder.Names().Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("--keep-best", "-1")]
    [InlineData("--keep-latest", "many")]
    [InlineData("--keep-lates", "1")]
    public async Task Prune_WrongArguments_ExitsWith2(string option, string value)
    {
        using var folder = new PrunedRun().Run("", 4, 1);

        (await PodiumProcess.RunAsync("prune", folder.Path, option, value)).ShouldExitWith(2);
    }

    [Fact]
    public async Task Prune_Checkpoint_ExitsWith2AndSaysWhatToName()
    {
        using var folder = new PrunedRun().Run("", 4, 1);

        (await PodiumProcess.RunAsync("prune", folder.Full("checkpoint-10"))).ShouldExitWith(2).Error.ShouldContain("Name the run folder");
    }

    [Fact]
    public async Task Prune_MetricThatIsNotThere_ExitsWith2()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);

        (await PodiumProcess.RunAsync("prune", folder.Path, "--strategy", "metric:eval_wer", "--apply")).ShouldExitWith(2);

        folder.Names().Length.ShouldBe(4);
    }

    [Fact]
    public async Task Prune_Tree_EachFolderByItselfAndTotals()
    {
        using var folder = new PrunedRun().Run("a", 4, 1, 2, 3).Run("b", double.NaN, double.NaN).Run("c d", 1, 2, 3);

        var planned = (await PodiumProcess.RunAsync(["prune", ".", "-f", "json"], folder.Path)).ShouldExitWith(3).Json();
        planned.Items("folders").Select(one => one.Text("folder")).ShouldBe(["./a", "./b", "./c d"]);
        planned.Number("frees_bytes").ShouldBe(planned.Items("folders").Sum(one => one.Number("frees_bytes")));

        var run = (await PodiumProcess.RunAsync(["prune", ".", "--apply"], folder.Path)).ShouldExitWith(3);
        run.Output.Unwrapped().ShouldContain("All 3 folders: freed");
        folder.Names("a").ShouldBe(["checkpoint-20", "checkpoint-40"]);
        folder.Names("b").Length.ShouldBe(2);
        folder.Names("c d").ShouldBe(["checkpoint-10", "checkpoint-30"]);
    }

    [Fact]
    public async Task Prune_Csv_HasARowForEachCheckpoint()
    {
        using var folder = new PrunedRun().Run("", 4, 1, 2, 3);

        var run = (await PodiumProcess.RunAsync("prune", folder.Path, "-f", "csv")).ShouldExitWith(0);

        run.Output.Lines()[0].ShouldBe("folder,runs,action,path,step,state,size_bytes,frees_bytes,reasons");
        run.Output.Lines().Length.ShouldBe(5);
        run.Error.ShouldContain("add --apply");
    }

    [Fact]
    public async Task Prune_StripTrainingState_LeavesWeightsAndTheLatestState()
    {
        using var folder = new PrunedRun().Run("", 3, 2, 1);
        foreach (var step in (int[])[10, 20, 30]) folder.File($"checkpoint-{step}/optimizer.pt", new byte[500]).File($"checkpoint-{step}/scheduler.pt", new byte[5]);

        var run = (await PodiumProcess.RunAsync("prune", folder.Path, "--strip-training-state", "--apply")).ShouldExitWith(0);

        run.Output.ShouldContain("Took the training state out of 2 checkpoints: freed 1 KB.");
        folder.Names("checkpoint-20").ShouldBe(["model.safetensors", "trainer_state.json"]);
        folder.Names("checkpoint-30").Length.ShouldBe(4);
    }

    [Fact]
    public async Task Prune_EmptyFolder_ExitsWith3AndPrintsTheJsonAllTheSame()
    {
        using var folder = new TemporaryFolder();

        (await PodiumProcess.RunAsync("prune", folder.Path, "-f", "json")).ShouldExitWith(3).Json().Items("folders").ShouldBeEmpty();
    }
}
