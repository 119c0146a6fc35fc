using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Explanations;

public sealed class ExplainTests
{
    [Fact]
    public async Task Explain_Sample_DrawsTheCurvesAndMarksTheChosenOne()
    {
        var lines = (await PodiumProcess.RunAsync(["explain", "sentiment-finetune"], Sample.Folder)).ShouldExitWith(0).Output.Lines();

        lines.Count(line => line.Contains('│')).ShouldBe(12);
        lines.Count(line => line.Any(c => c is > '\u2800' and <= '\u28ff')).ShouldBeGreaterThan(6);
        var axis = lines.Single(line => line.Contains('└'));
        // Step 400 of 20 to 800, a little left of the middle of the axis.
        ((double)(axis.IndexOf('★') - axis.IndexOf('└') - 1) / (axis.Length - axis.IndexOf('└') - 2)).ShouldBe(380.0 / 780, 0.01);
        axis.Count(c => c == '┴').ShouldBe(7);
        lines.ShouldContain(line => line.Contains("step 20", StringComparison.Ordinal) && line.EndsWith("800", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_Sample_GivesReasonsWithNumbersAndWhatEachStrategyPicks()
    {
        var run = (await PodiumProcess.RunAsync(["explain", "sentiment-finetune"], Sample.Folder)).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("★ Why checkpoint-400");
        var words = run.Output.Unwrapped();
        words.ShouldContain("best of 8 checkpoints with a score of 0.6268");
        words.ShouldContain("2.7 % above the lowest, 1.3268 at checkpoint-500");
        words.ShouldContain("4096 draws");
        var rows = run.Output.Lines().SkipWhile(line => !line.StartsWith("strategy ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        rows.Select(row => (row[0], row[1])).ShouldBe([("multi-metric", "checkpoint-400"), ("eval-loss", "checkpoint-500"), ("plateau:10%", "checkpoint-600")]);
    }

    [Theory]
    [InlineData("checkpoint-500")]
    [InlineData("500")]
    [InlineData("sentiment-finetune/checkpoint-500")]
    [InlineData("sentiment-finetune/checkpoint-500/")]
    public async Task Explain_OneCheckpoint_SaysWhyNotThatOne(string named)
    {
        var run = (await PodiumProcess.RunAsync(["explain", "sentiment-finetune", named], Sample.Folder)).ShouldExitWith(0);

        run.Output.ShouldContain("Why not checkpoint-500");
        run.Output.Unwrapped().ShouldContain("It stands at 3 of 8");
    }

    [Fact]
    public async Task Explain_UnknownCheckpoint_ExitsWith2AndListsWhatIsThere()
    {
        var run = (await PodiumProcess.RunAsync("explain", Sample.Sentiment, "checkpoint-450")).ShouldExitWith(2);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("'checkpoint-450'");
        run.Error.ShouldContain("checkpoint-100, checkpoint-200, checkpoint-300");
    }

    [Fact]
    public async Task Explain_Json_HasTheCheckpointReasonsRobustnessAndStrategies()
    {
        var answer = (await PodiumProcess.RunAsync("explain", Sample.Sentiment, "-f", "json")).ShouldExitWith(0).Json();

        answer.GetProperty("checkpoint").Text("path").ShouldBe("checkpoint-400");
        answer.Items("reasons").Select(reason => reason.Text("code")).ShouldBe(["place", "eval-loss", "overfitting", "improvement", "robustness"]);
        answer.GetProperty("robustness").Number("draws").ShouldBe(4096);
        answer.GetProperty("robustness").Number("best_stays_best").ShouldBeInRange(0.4, 0.7);
        answer.GetProperty("robustness").Items("wins").Sum(win => win.Number("share")).ShouldBe(1, 1e-9);
        answer.GetProperty("strategies_disagree").GetBoolean().ShouldBeTrue();
        answer.Items("strategies").Select(strategy => strategy.Text("best_checkpoint")).ShouldBe(["checkpoint-400", "checkpoint-500", "checkpoint-600"]);
        answer.Items("warnings").ShouldBeEmpty();
    }

    [Fact]
    public async Task Explain_Csv_HasTheStrategies() =>
        (await PodiumProcess.RunAsync("explain", Sample.Sentiment, "-f", "csv")).ShouldExitWith(0).Output.Lines()[0].ShouldStartWith("strategy,best_checkpoint,eval_loss,");

    [Fact]
    public async Task Explain_LongNames_StillFit80Columns()
    {
        using var folder = new TemporaryFolder();
        var run = new MadeRun(folder, "");
        for (var epoch = 1; epoch <= 3; epoch++)
            run.Log(1000 * epoch, $"\"loss\": {3 - epoch}.2").Log(1000 * epoch, $"\"eval_loss\": {3.5 - 0.5 * epoch}").Save($"checkpoint-epoch-{epoch}-step-{1000 * epoch}-of-a-run-with-a-long-name", 1000 * epoch);

        var lines = (await PodiumProcess.RunAsync(["explain", "."], folder.Path)).ShouldExitWith(0).Output.Lines();
        lines.ShouldAllBe(line => line.FitsIn80Columns());
    }

    [Fact]
    public async Task Explain_NoEvaluation_ExitsWith3AndSaysWhy()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync("explain", folder.Path, "-f", "json")).ShouldExitWith(3);
        run.Json().GetProperty("checkpoint").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Error.ShouldContain("no evaluation");
    }

    [Fact]
    public async Task Explain_SeveralRunFoldersBelow_ExitsWith2() => (await PodiumProcess.RunAsync("explain", Sample.Sweep)).ShouldExitWith(2).Error.ShouldContain("lr-1e-4");
}
