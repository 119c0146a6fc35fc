using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Strategies;

public sealed class StrategyTests
{
    [Theory]
    [InlineData("multi-metric", "checkpoint-400", "multi-metric")]
    [InlineData("eval-loss", "checkpoint-500", "eval-loss")]
    [InlineData("plateau", "checkpoint-600", "plateau:10%")]
    [InlineData("plateau:5%", "checkpoint-600", "plateau:5%")]
    [InlineData("plateau:0%", "checkpoint-500", "plateau:0%")]
    [InlineData("plateau:100%", "checkpoint-800", "plateau:100%")]
    [InlineData("trainer", "checkpoint-500", "trainer")]
    [InlineData("metric:eval_accuracy", "checkpoint-600", "metric:eval_accuracy")]
    [InlineData("metric:eval_accuracy:max", "checkpoint-600", "metric:eval_accuracy:max")]
    [InlineData("metric:eval_accuracy:min", "checkpoint-100", "metric:eval_accuracy:min")]
    [InlineData("metric:loss", "checkpoint-800", "metric:loss")]
    public async Task Rank_Strategy_PicksAndNamesItself(string strategy, string expected, string name)
    {
        var answer = await RankAsync("--strategy", strategy);

        answer.Text("recommended").ShouldBe(expected);
        answer.Text("strategy").ShouldBe(name);
        answer.Text("strategy_from").ShouldBe("option");
    }

    [Fact]
    public async Task Rank_MaximisedMetric_IsNegatedAndTheOnlyPart()
    {
        var best = (await RankAsync("--strategy", "metric:eval_accuracy")).Checkpoints()[0];

        best.Number("score").ShouldBe(-0.8575);
        var part = best.GetProperty("components").EnumerateObject().ShouldHaveSingleItem();
        part.Name.ShouldBe("eval_accuracy");
        part.Value.GetDouble().ShouldBe(-0.8575);
        best.Number("eval_loss").ShouldBe(1.3413);
    }

    [Fact]
    public async Task Rank_EvalLoss_ScoreIsTheLossAndTheOnlyPart()
    {
        var checkpoints = (await RankAsync("--strategy", "eval-loss")).Checkpoints();

        checkpoints.Select(checkpoint => checkpoint.Number("score")).ShouldBe(checkpoints.Select(checkpoint => checkpoint.Number("eval_loss")));
        checkpoints[0].GetProperty("components").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("eval_loss");
    }

    [Fact]
    public async Task Rank_Plateau_ThoseWithinTheToleranceFirstLatestFirst()
    {
        var checkpoints = (await RankAsync("--strategy", "plateau:10%")).Checkpoints();

        // The whole improvement is 0.4244, so that up to 1.3692 is on the plateau; the rest follows by its loss.
        checkpoints.Select(checkpoint => checkpoint.Number("step")).ShouldBe([600, 500, 400, 700, 300, 800, 200, 100]);
        checkpoints[0].Number("score").ShouldBe(1.3413);
    }

    [Fact]
    public async Task Rank_GapTwoSided_AlsoPunishesATrainingLossAbove()
    {
        var oneSided = Overfitting(await RankAsync("--gap", "one-sided"));
        var twoSided = Overfitting(await RankAsync("--gap", "two-sided"));

        oneSided.ShouldBe(0);
        twoSided.ShouldBe(0.3 * (2.0482 - 1.7512) / 1.7512, 0.0001);

        static double Overfitting(JsonElement folder) => folder.Checkpoints().Single(checkpoint => checkpoint.Number("step") == 100).GetProperty("components").Number("overfitting");
    }

    [Fact]
    public async Task Rank_Weights_ArePrintedAndUsed()
    {
        var answer = await RankAsync("--weights", "1,0,0,0");

        answer.Text("recommended").ShouldBe("checkpoint-500");
        answer.Checkpoints()[0].Number("score").ShouldBe(1.3268);
        answer.GetProperty("weights").Number("eval_loss").ShouldBe(1);
    }

    [Theory]
    [InlineData("nonsense", "'nonsense' is no strategy", "plateau[:10%]")]
    [InlineData("plateau:500%", "'500%'", "plateau:10%")]
    [InlineData("metric:", "needs a name", "metric:eval_wer:min")]
    [InlineData("no-such.yaml", "no-such.yaml", "no file")]
    [InlineData("no/such/folder/weights.yaml", "no/such/folder/weights.yaml", "no file")]
    public async Task Rank_WrongStrategy_ExitsWith2AndSaysWhatWouldBeRight(string strategy, string named, string right)
    {
        var run = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--strategy", strategy)).ShouldExitWith(2);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(named);
        run.Error.ShouldContain(right);
    }

    [Fact]
    public async Task Rank_UnknownMetric_ExitsWith2AndSaysWhatIsThere()
    {
        var words = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--strategy", "metric:eval_wer")).ShouldExitWith(2).Output.Unwrapped();

        words.ShouldContain("'eval_wer'");
        words.ShouldContain("eval_accuracy, eval_loss");
    }

    [Fact]
    public async Task Rank_UnknownDirection_ExitsWith2AndSaysHowToGiveIt()
    {
        var words = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--strategy", "metric:eval_runtime")).ShouldExitWith(2).Output.Unwrapped();

        words.ShouldContain("metric:eval_runtime:max or metric:eval_runtime:min");
    }

    [Theory]
    [InlineData("--gap", "both", "one-sided or two-sided")]
    [InlineData("--weights", "1,2,3", "four numbers")]
    [InlineData("--weights", "bleu=1", "eval_loss, overfitting, perplexity, improvement")]
    public async Task Rank_WrongOption_ExitsWith2AndSaysWhatWouldBeRight(string option, string value, string right) =>
        (await PodiumProcess.RunAsync("rank", Sample.Sentiment, option, value)).ShouldExitWith(2).Error.ShouldContain(right);

    [Fact]
    public async Task Rank_WeightsForAnotherStrategy_ExitsWith2() =>
        (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--strategy", "eval-loss", "--weights", "1,0,0,0")).ShouldExitWith(2).Error.ShouldContain("belong to the strategy multi-metric");

    private static async Task<JsonElement> RankAsync(params string[] options) =>
        (await PodiumProcess.RunAsync(["rank", Sample.Sentiment, "--format", "json", .. options])).ShouldExitWith(0).Json();
}
