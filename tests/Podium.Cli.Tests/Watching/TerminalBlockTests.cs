using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Watching;

public sealed class TerminalBlockTests
{
    [Fact]
    public async Task Watch_OnATerminal_DrawsABlockInPlaceWithin80Columns_AndGivesTheCursorBack()
    {
        if (!await ProcessRun.WorksAsync("script", "--version")) Assert.Skip("needs script(1) for a terminal");
        using var folder = new TemporaryFolder();
        var run = new WatchedRun(Path.Combine(folder.Path, "a-run-with-a-name-that-is-longer-than-most-names-of-runs-are-in-practice")) { MaxSteps = 20 };
        run.Save(10, 1).Save(20, 2);
        var typed = $"stty cols 80; TERM=xterm '{PodiumProcess.Executable}' watch '{run.Path}' --keep-best 1";

        var output = (await ProcessRun.StartAsync("script", ["-qec", typed, "/dev/null"])).ShouldExitWith(0).Output;

        output.ShouldContain("\u001b[?25l");
        output.TrimEnd().ShouldEndWith("\u001b[?25h");
        var last = output[output.LastIndexOf("\u001b[J", StringComparison.Ordinal)..];
        last.ShouldContain("step 20/20 (100 %)");
        last.ShouldContain("★ best");
        last.ShouldContain("kept       checkpoint-10");
        last.ShouldContain("the run has finished");
        foreach (var line in last.Lines()) WithoutColours(line).Length.ShouldBeLessThanOrEqualTo(80, line);
    }

    private static string WithoutColours(string line) => System.Text.RegularExpressions.Regex.Replace(line, @"\u001b\[[0-9;?]*[A-Za-z]|\r", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
