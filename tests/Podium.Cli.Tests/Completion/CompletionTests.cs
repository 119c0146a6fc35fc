using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Completion;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash", "complete ", "bash", "-n")]
    [InlineData("zsh", "compdef", "zsh", "-n")]
    [InlineData("fish", "complete -c podium", "fish", "--no-execute")]
    public async Task Completion_Shell_IsAScriptThatItAccepts(string shell, string holds, params string[] check)
    {
        var script = (await PodiumProcess.RunAsync("completion", shell)).ShouldExitWith(0).Output;
        script.ShouldContain(holds);

        if (!await ProcessRun.WorksAsync(check[0], "--version")) Assert.Skip($"needs {check[0]}, which is not installed");
        using var folder = new TemporaryFolder();
        (await ProcessRun.StartAsync(check[0], [.. check[1..], folder.Write("script", script)])).ShouldExitWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Completion_UnknownShell_ExitsWith2AndNamesThem()
    {
        var run = (await PodiumProcess.RunAsync("completion", "tcsh")).ShouldExitWith(2);

        run.Error.ShouldContain("tcsh");
        run.Error.ShouldContain("fish");
    }

    [Theory]
    [InlineData("podium ", "rank")]
    [InlineData("podium ra", "rank")]
    [InlineData("podium rank --fo", "--format")]
    [InlineData("podium rank somewhere --str", "--strategy")]
    [InlineData("podium rank somewhere --strategy ev", "eval-loss")]
    [InlineData("podium rank somewhere --gap ", "one-sided")]
    [InlineData("podium rank somewhere --format ", "markdown")]
    [InlineData("podium completion ", "zsh")]
    [InlineData("podium ser", "serve")]
    [InlineData("podium serve --da", "--data")]
    [InlineData("podium serve --strategy ", "eval-loss")]
    [InlineData("podium jobs ", "set")]
    [InlineData("podium jobs --status ", "running")]
    [InlineData("podium jobs set some-job --strategy pl", "plateau")]
    [InlineData("podium jobs set some-job --fol", "--folder")]
    [InlineData("podium import somewhere --jo", "--job-id")]
    [InlineData("podium import somewhere --strategy ", "multi-metric")]
    [InlineData("podium token ", "revoke")]
    [InlineData("podium token add anna --role ", "viewer")]
    [InlineData("podium token add anna --exp", "--expires")]
    [InlineData("podium token list --format ", "json")]
    public async Task Suggest_Line_Proposes(string line, string proposed) =>
        (await PodiumProcess.RunAsync($"[suggest:{line.Length}]", line)).ShouldExitWith(0).Output.Lines().ShouldContain(proposed);

    [Fact]
    public async Task Completion_Bash_CompletesInARealShell()
    {
        var script = (await PodiumProcess.RunAsync("completion", "bash")).Output;
        using var folder = new TemporaryFolder();
        var file = folder.Write("script", $$"""
            PATH={{Path.GetDirectoryName(PodiumProcess.Executable)}}:$PATH
            {{script}}
            COMP_WORDS=(podium rank --for); COMP_CWORD=2; COMP_LINE="podium rank --for"; COMP_POINT=17
            _podium
            printf '%s\n' "${COMPREPLY[@]}"
            """);

        (await ProcessRun.StartAsync("bash", [file])).ShouldExitWith(0).Output.ShouldBe("--format\n");
    }
}
