using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Output;

public sealed class RedirectionTests
{
    [Theory]
    [InlineData("rank", "")]
    [InlineData("rank", "--format json")]
    [InlineData("rank", "--format csv")]
    [InlineData("explain", "")]
    public async Task Pipe_ClosedByItsReader_IsNoError(string command, string options)
    {
        // Nobody reads at all, so that already the first write meets a closed pipe.
        var script = $"exec 3> >(exec true); sleep 0.2; \"$1\" {command} \"$2\" {options} >&3; echo $?";
        var run = (await ProcessRun.StartAsync("bash", ["-c", script, "test", PodiumProcess.Executable, Sample.Sentiment])).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.Trim().ShouldBeOneOf("0", "141");
    }

    [Fact]
    public async Task Pipe_ReadByHead_GivesTheFirstLineAlone()
    {
        var run = (await BashAsync("cd \"$sample/..\"; \"$podium\" rank sentiment-finetune | head -n 1")).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.ShouldBe("sentiment-finetune · strategy multi-metric\n");
    }

    [Fact]
    public async Task File_SharedByTwoCommands_HasBothAnswers()
    {
        using var folder = new TemporaryFolder();
        (await BashAsync($"{{ \"$podium\" best \"$sample\"; echo between; \"$podium\" latest \"$sample\"; }} > '{folder.Path}/out'")).ShouldExitWith(0);

        File.ReadAllText(Path.Combine(folder.Path, "out")).ShouldBe($"{Sample.Sentiment}/checkpoint-400\nbetween\n{Sample.Sentiment}/checkpoint-800\n");
    }

    [Fact]
    public async Task File_Appended_KeepsWhatWasThere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("out", "before\n");
        (await BashAsync($"\"$podium\" best \"$sample\" >> '{folder.Path}/out'; \"$podium\" best \"$sample\" -f json >> '{folder.Path}/out'")).ShouldExitWith(0);

        var text = File.ReadAllText(Path.Combine(folder.Path, "out"));
        text.ShouldStartWith($"before\n{Sample.Sentiment}/checkpoint-400\n{{");
        text.ShouldEndWith("}\n");
    }

    [Fact]
    public async Task File_ForStdoutAndStderr_HasAllOfBoth()
    {
        using var folder = new TemporaryFolder();
        var made = new MadeRun(folder, "run").Log(10, "\"loss\": 2.0").Save(10);
        await BashAsync($"\"$podium\" rank '{made.Path}' --format json > '{folder.Path}/out' 2>&1");

        var text = File.ReadAllText(Path.Combine(folder.Path, "out"));
        text.ShouldContain("Nothing to recommend in");
        text.ShouldContain("\"warnings\": []\n}\n");
        text.ShouldContain("{\n  \"folder\":");
    }

    private static Task<ProcessRun> BashAsync(string script) =>
        ProcessRun.StartAsync("bash", ["-c", script], environment: new Dictionary<string, string?> { ["podium"] = PodiumProcess.Executable, ["sample"] = Sample.Sentiment, ["PODIUM_STRATEGY"] = null });
}
