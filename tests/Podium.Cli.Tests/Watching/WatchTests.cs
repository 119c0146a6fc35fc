using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Watching;

public sealed class WatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private WatchedRun Run(long maxSteps = 1000) => new(Path.Combine(_folder.Path, "run")) { MaxSteps = maxSteps };

    [Theory]
    [InlineData("--poll", "0.2")]
    [InlineData("--strategy", "eval-loss")]
    public async Task Watch_RunThatBeginsLaterAndFinishes_PrintsALineAnEventAndEndsWith0(string option, string value)
    {
        var run = Run(maxSteps: 20);
        using var watch = WatchProcess.Start(run.Path, "--keep-best", "1", option, value);
        await watch.UntilPrintedAsync("which is not there yet");
        run.Save(10, 1);
        await watch.UntilPrintedAsync("kept .podium/kept/checkpoint-10");
        run.Save(20, 2).Rotate(10);

        (await watch.EndAsync()).ShouldBe(0, watch.Output + watch.Error);
        watch.Error.ShouldBeEmpty();
        watch.Output.Lines().ShouldAllBe(line => line.Length > 10 && line[2] == ':' && line[5] == ':' && line[8] == ' ');
        watch.Output.ShouldContain("saved checkpoint-10");
        watch.Output.ShouldContain("gone checkpoint-10, a copy is kept");
        watch.Output.ShouldContain("step 20/20 (100 %)  loss 1.9000  eval_loss 2.0000  best .podium/kept/checkpoint-10");
        watch.Output.ShouldContain("finished at step 20/20 (100 %); ship .podium/kept/checkpoint-10");
    }

    [Fact]
    public async Task Watch_Json_PrintsAnObjectALine()
    {
        var run = Run(maxSteps: 20).Save(10, 1);
        using var watch = WatchProcess.Start(run.Path, "--keep-best", "1", "--format", "json");
        await watch.UntilPrintedAsync("\"kept\"");
        run.Save(20, 0.5).Rotate(10);

        (await watch.EndAsync()).ShouldBe(0, watch.Output + watch.Error);
        JsonElement[] events = [.. watch.Output.Lines().Select(line => JsonDocument.Parse(line).RootElement)];
        events.ShouldAllBe(one => one.GetProperty("time").GetDateTimeOffset().Offset == TimeSpan.Zero);
        events.Select(one => one.Text("event")).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["checkpoint_gone", "checkpoint_saved", "evaluation", "finished", "kept", "new_best", "progress", "released"]);
        events.Last(one => one.Text("event") == "new_best").GetProperty("previous").Text("path").ShouldEndWith("checkpoint-10");
        events[^1].Text("recommended").ShouldBe("checkpoint-20");
        events[^1].Number("progress").ShouldBe(100);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Watch_Signal_EndsWith130AndLeavesNothingHalfDone(string signal)
    {
        var run = Run().Save(10, 1);
        using var watch = WatchProcess.Start(run.Path, "--keep-best", "1");
        await watch.UntilPrintedAsync("step 10/1000");
        await watch.SignalAsync(signal);

        (await watch.EndAsync()).ShouldBe(130, watch.Error);
        run.Kept().ShouldBe(["checkpoint-10"]);
    }

    [Fact]
    public async Task Watch_Once_KeepsAndEndsWith0()
    {
        var run = Run().Save(10, 1).Save(20, 2);
        var first = (await PodiumProcess.RunAsync("watch", run.Path, "--keep-best", "1", "--once")).ShouldExitWith(0);
        run.Rotate(10);
        (await PodiumProcess.RunAsync("watch", run.Path, "--keep-best", "1", "--once", "--link")).ShouldExitWith(0);

        first.Output.ShouldContain("kept .podium/kept/checkpoint-10");
        run.Kept().ShouldBe(["checkpoint-10"]);
        (await PodiumProcess.RunAsync("best", run.Path)).ShouldExitWith(0).Output.Trim().ShouldBe($"{run.Path}/.podium/kept/checkpoint-10");
    }

    [Fact]
    public async Task Watch_SecondKeeper_SaysSoAndEndsWith1()
    {
        var run = Run().Save(10, 1);
        using var first = WatchProcess.Start(run.Path, "--keep-best", "1");
        await first.UntilPrintedAsync("kept .podium/kept/checkpoint-10");

        (await PodiumProcess.RunAsync("watch", run.Path, "--keep-best", "2", "--once")).ShouldExitWith(1).Error.ShouldContain("Another podium keeps");
    }

    [Fact]
    public async Task Watch_SeveralRunFolders_EndsWith2AndNamesOne()
    {
        new WatchedRun(Path.Combine(_folder.Path, "a")).Save(10, 1);
        new WatchedRun(Path.Combine(_folder.Path, "b")).Save(10, 1);

        (await PodiumProcess.RunAsync("watch", _folder.Path)).ShouldExitWith(2).Error.ShouldContain(Path.Combine(_folder.Path, "a"));
    }

    [Theory]
    [InlineData("--poll", "soon", "'soon' is no number of seconds")]
    [InlineData("--keep-best", "one", "'one' is no number")]
    [InlineData("--format", "csv", "one JSON object a line")]
    [InlineData("--strategy", "no-such", "no-such")]
    public async Task Watch_WrongArgument_EndsWith2AndSaysWhatIsWrong(string option, string value, string message)
    {
        var run = Run().Save(10, 1);

        (await PodiumProcess.RunAsync("watch", run.Path, option, value)).ShouldExitWith(2).Error.ShouldContain(message);
    }

    [Fact]
    public async Task Watch_OnceAndNoFolder_EndsWith1() => (await PodiumProcess.RunAsync("watch", Path.Combine(_folder.Path, "none"), "--once")).ShouldExitWith(1).Error.ShouldContain("There is no folder");

    [Fact]
    public async Task Watch_LlamaLimit_KeepsTheBestOfWhatIsLeft_AndRankStillRecommendsIt()
    {
        var run = Path.Combine(_folder.Path, "llama-limit");
        (await ProcessRun.StartAsync("cp", ["-r", SharedMaterial.Require("hf-runs/llama-limit"), run])).ShouldExitWith(0);
        var before = (await PodiumProcess.RunAsync("rank", run, "--format", "json")).ShouldExitWith(0).Json();
        (await PodiumProcess.RunAsync("watch", run, "--keep-best", "1", "--once")).ShouldExitWith(0);
        var best = before.Text("recommended")!;
        Directory.Delete(Path.Combine(run, best), recursive: true);

        var after = (await PodiumProcess.RunAsync("rank", run, "--format", "json")).ShouldExitWith(0).Json();
        after.Text("recommended").ShouldBe($".podium/kept/{best}");
        after.Items("runs").Length.ShouldBe(before.Items("runs").Length);
        // What was rotated away before podium watched is lost: the best evaluation, step 120.
        before.Items("runs")[0].GetProperty("best_evaluation").Number("step").ShouldBe(120);
    }
}
