using System.Diagnostics;

namespace Podium.Cli.Tests;

public sealed class ProcessRunTests
{
    [Fact]
    public async Task Start_GivesInputAndBothOutputsAndTheExitCode()
    {
        var run = await ProcessRun.StartAsync("bash", ["-c", "cat; echo wörds >&2; exit 3"], input: "dätä");

        run.ShouldExitWith(3);
        run.Output.ShouldBe("dätä");
        run.Error.ShouldBe("wörds\n");
    }

    [Fact]
    public async Task Start_TooLong_KillsTheChildrenTooAndShowsWhatWasPrinted()
    {
        var watch = Stopwatch.StartNew();
        var tooLong = await Should.ThrowAsync<TimeoutException>(
            () => ProcessRun.StartAsync("bash", ["-c", "echo begun; sleep 300 & sleep 300"], timeout: TimeSpan.FromSeconds(2)));

        // A child that lived on would hold the pipe open, and with it the test.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        tooLong.Message.ShouldContain("begun");
    }

    [Fact]
    public async Task Works_ProgramThatIsNotThere_IsFalse() => (await ProcessRun.WorksAsync("no-such-program-here")).ShouldBeFalse();
}
