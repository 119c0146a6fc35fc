using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Strategies;

public sealed class PodiumYamlTests
{
    [Theory]
    [InlineData("weights:\n  eval_loss: 1\n  overfitting: 0\n  perplexity: 0\n  improvement: 0\n", "checkpoint-500")]
    [InlineData("eval_loss: 1\noverfitting: 0\nperplexity: 0\nimprovement: 0\n", "checkpoint-500")]
    [InlineData("strategy: multi-metric\nweights: { overfitting: 0 }\n", "checkpoint-500")]
    [InlineData("# the published ones\nstrategy: multi-metric\n", "checkpoint-400")]
    [InlineData("strategy: metric:eval_accuracy\n", "checkpoint-600")]
    public async Task Rank_YamlFileAsStrategy_IsUsed(string yaml, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", yaml);

        var answer = (await PodiumProcess.RunAsync(["rank", Sample.Sentiment, "--strategy", "mine.yaml", "-f", "json"], folder.Path)).ShouldExitWith(0).Json();
        answer.Text("recommended").ShouldBe(expected);
        answer.Text("strategy_from").ShouldBe("option");
    }

    [Fact]
    public async Task Rank_YamlWithGap_IsUsedAndTheOptionOverridesIt()
    {
        using var folder = new TemporaryFolder();
        var yaml = folder.Write("mine.yaml", "strategy: multi-metric\ngap: two-sided\n");

        (await OverfittingOfTheFirstAsync("--strategy", yaml)).ShouldBeGreaterThan(0);
        (await OverfittingOfTheFirstAsync("--strategy", yaml, "--gap", "one-sided")).ShouldBe(0);
    }

    [Theory]
    [InlineData("strategy: nonsense\n", 1, "'nonsense'")]
    [InlineData("# ours\nstrategy: multi-metric\nweights:\n  eval_loss: 0.5\n  overfitting: much\n", 5, "'much'")]
    [InlineData("strategy: multi-metric\nweights:\n  bleu: 1\n", 3, "'bleu'")]
    [InlineData("strategy: multi-metric\nweights: 5\n", 2, "weights")]
    [InlineData("strategy: multi-metric\ngap: both\n", 2, "'both'")]
    [InlineData("strategy: [eval-loss]\n", 1, "strategy")]
    [InlineData("strategy: eval-loss\nweights:\n  eval_loss: 1\n", 3, "belong to the strategy multi-metric")]
    [InlineData("strategy: eval-loss\n  oops: [1\n", 2, "")]
    public async Task Rank_BadPodiumYaml_ExitsWith2AndNamesFileAndLine(string yaml, int line, string named)
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "run", evalLosses: [2, 1]);
        var file = folder.Write("podium.yaml", yaml);

        var run = (await PodiumProcess.RunAsync(["rank", "run"], folder.Path)).ShouldExitWith(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain($"{file}: line {line}: ");
        run.Error.ShouldContain(named);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- list\n")]
    [InlineData("colour: red\n")]
    public async Task Rank_PodiumYamlWithoutAStrategy_ExitsWith2AndNamesTheFile(string yaml)
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "run", evalLosses: [2, 1]);
        var file = folder.Write("podium.yaml", yaml);

        (await PodiumProcess.RunAsync(["rank", "run"], folder.Path)).ShouldExitWith(2).Error.ShouldContain(file);
    }

    private static async Task<double> OverfittingOfTheFirstAsync(params string[] options) =>
        (await PodiumProcess.RunAsync(["rank", Sample.Sentiment, "-f", "json", .. options])).ShouldExitWith(0).Json().Checkpoints()
            .Single(checkpoint => checkpoint.Number("step") == 100).GetProperty("components").Number("overfitting");
}
