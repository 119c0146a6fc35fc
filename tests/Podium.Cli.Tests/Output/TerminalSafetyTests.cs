namespace Podium.Cli.Tests.Output;

public sealed class TerminalSafetyTests
{
    [Fact]
    public async Task Rank_MetricNameWithEscapeCodes_DoesNotSteerTheTerminal()
    {
        using var folder = new TemporaryFolder();
        folder.Write("checkpoint-10/trainer_state.json", """{"global_step": 10, "log_history": [{"eval_\u001b[2Jwer": 0.5, "step": 10}]}""");

        var run = (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(3);

        run.Output.ShouldContain("wer");
        run.Output.ShouldNotContain("\u001b");
        run.Error.ShouldNotContain("\u001b");
    }
}
