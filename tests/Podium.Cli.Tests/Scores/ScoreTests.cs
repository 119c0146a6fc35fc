using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Scores;

public sealed class ScoreTests
{
    [Theory]
    [InlineData("0.50", "0.45", "0", 0.188)]
    [InlineData("0.40", "0.10", "1", 0.432)]
    [InlineData("0.60", "0.55", "0", 0.234)]
    [InlineData("0.60", "0.55", "1", 0.334)]
    [InlineData("2.50", "2.20", "0", 1.247)]
    [InlineData("1.20", "1.10", "0", 0.542)]
    [InlineData("0.80", "0.75", "0", 0.330)]
    [InlineData("0.75", "0.30", "0", 0.466)]
    [InlineData("0.90", "0.10", "1", 0.729)]
    public async Task Score_Published_ToThreeDecimals_AndItsPartsAddUp(string evalLoss, string trainLoss, string withoutImprovement, double published)
    {
        var run = await PodiumProcess.RunAsync("score", "--eval-loss", evalLoss, "--train-loss", trainLoss, "--epochs-without-improvement", withoutImprovement, "--format", "json");

        var answer = run.ShouldExitWith(0).Json();
        Math.Round(answer.Number("score"), 3).ShouldBe(published);
        answer.EnumerateObject().Select(member => member.Name).ShouldBe(["score", "components"]);
        var components = answer.GetProperty("components").EnumerateObject().ToArray();
        components.Select(component => component.Name).ShouldBe(["eval_loss", "overfitting", "perplexity", "improvement"]);
        components.Sum(component => component.Value.GetDouble()).ShouldBe(answer.Number("score"), 1e-12);
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Score_WithoutTheRest_HasNoGapAndNoBonus()
    {
        var components = (await PodiumProcess.RunAsync("score", "--eval-loss", "0.5", "--format", "json")).ShouldExitWith(0).Json().GetProperty("components");

        components.Number("overfitting").ShouldBe(0);
        components.Number("improvement").ShouldBe(0);
    }

    [Theory]
    [InlineData("1,0,0,0", 0.5)]
    [InlineData("eval_loss=2,overfitting=0,perplexity=0,improvement=0", 1)]
    [InlineData("eval_loss=0,perplexity=0,improvement=0", 0.03)]
    public async Task Score_Weights_AreUsed(string weights, double expected)
    {
        var run = await PodiumProcess.RunAsync("score", "-e", "0.5", "-t", "0.45", "-n", "0", "--weights", weights, "-f", "json");

        run.ShouldExitWith(0).Json().Number("score").ShouldBe(expected, 1e-12);
    }

    [Fact]
    public async Task Score_Csv_HasAHeaderAndFullPrecision()
    {
        var run = (await PodiumProcess.RunAsync("score", "-e", "0.50", "-t", "0.45", "-n", "0", "-f", "csv")).ShouldExitWith(0);

        run.Output.Lines().Select(line => line.Split(',')[0]).ShouldBe(["part", "eval_loss", "overfitting", "perplexity", "improvement", "score"]);
        double.Parse(run.Output.Lines()[^1].Split(',')[1]).ShouldBe(0.1882436063535006, 1e-15);
    }

    [Fact]
    public async Task Score_Markdown_IsATable()
    {
        var lines = (await PodiumProcess.RunAsync("score", "-e", "0.50", "-t", "0.45", "-n", "0", "-f", "markdown")).ShouldExitWith(0).Output.Lines();

        lines.ShouldAllBe(line => line.StartsWith('|') && line.EndsWith('|') && line.Count(c => c == '|') == 3);
        lines[^1].ShouldBe("| score | 0.1882 |");
    }

    [Theory]
    [InlineData("Infinity")]
    [InlineData("inf")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("1e999")]
    public async Task Score_LossThatIsNotFinite_ExitsWith3AndTheScoreIsNull(string evalLoss)
    {
        var run = await PodiumProcess.RunAsync("score", "--eval-loss", evalLoss, "--format", "json");

        run.ShouldExitWith(3).Json().GetProperty("score").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
