using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Retention;

public sealed class DiskUsageTests
{
    [Fact]
    public async Task Du_ShowsWhereTheSpaceWentAndWhatWouldFreeIt()
    {
        using var folder = new PrunedRun().Run("my run", 3, 2, 1).File("my run/checkpoint-10/optimizer.pt", new byte[5000]).File("my run/console.log", new byte[9]);

        var run = (await PodiumProcess.RunAsync(["du", "my run"], folder.Path)).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.Lines().ShouldAllBe(line => line.FitsIn80Columns());
        run.Output.ShouldContain("event files and logs");
        run.Output.ShouldContain("  podium prune 'my run'\n");
        run.Output.ShouldContain("  podium prune 'my run' --strip-training-state\n");
    }

    [Fact]
    public async Task Du_Json_AddsUp()
    {
        using var folder = new PrunedRun().Run("a", 3, 2, 1).Run("b", 3, 2, 1).File("a/checkpoint-10/optimizer.pt", new byte[5000]).File("a/.podium-trash-x-1/y", new byte[3]).File("a/notes.txt", new byte[2]);

        var answer = (await PodiumProcess.RunAsync("du", folder.Path, "-f", "json")).ShouldExitWith(0).Json();

        var a = answer.Items("folders")[0];
        a.EnumerateObject().Select(member => member.Name).ShouldBe(["folder", "checkpoints", "runs", "kept_bytes", "logs_bytes", "trash_bytes", "other_bytes", "size_bytes", "frees", "prune_refused"]);
        a.Items("checkpoints")[0].Number("training_state_bytes").ShouldBe(5000);
        a.Items("checkpoints")[0].EnumerateObject().Select(member => member.Name).ShouldBe(["path", "step", "runs", "state", "weights_bytes", "training_state_bytes", "other_bytes", "size_bytes"]);
        (a.Number("trash_bytes"), a.Number("other_bytes")).ShouldBe((3, 2));
        a.Number("size_bytes").ShouldBe(a.Items("checkpoints").Sum(checkpoint => checkpoint.Number("size_bytes")) + 5);
        answer.Number("size_bytes").ShouldBe(answer.Items("folders").Sum(one => one.Number("size_bytes")));
        a.GetProperty("prune_refused").ValueKind.ShouldBe(JsonValueKind.Null);

        var frees = a.GetProperty("frees").Number("prune_bytes");
        (await PodiumProcess.RunAsync("prune", folder.Full("a"), "-f", "json")).Json().Number("frees_bytes").ShouldBe(frees);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("markdown")]
    public async Task Du_OtherFormats_HaveARowForEachPart(string format)
    {
        using var folder = new PrunedRun().Run("", 3, 2, 1).File("console.log", new byte[9]);

        (await PodiumProcess.RunAsync("du", folder.Path, "-f", format)).ShouldExitWith(0).Output.Lines().Length.ShouldBe(format == "csv" ? 6 : 7);
    }

    [Fact]
    public async Task Du_NoFiniteEvaluation_SaysThatPruneWouldRefuse()
    {
        using var folder = new PrunedRun().Run("", double.NaN, double.NaN);

        (await PodiumProcess.RunAsync("du", folder.Path)).ShouldExitWith(0).Output.Unwrapped().ShouldContain("none is deleted");
    }

    [Theory]
    [InlineData("prune")]
    [InlineData("du")]
    public async Task Help_HasExamples(string command) =>
        (await PodiumProcess.RunAsync(command, "--help")).ShouldExitWith(0).Output.Split("Examples:\n")[1].ShouldContain($"podium {command} ");
}
