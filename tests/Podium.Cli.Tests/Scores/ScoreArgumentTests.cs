namespace Podium.Cli.Tests.Scores;

public sealed class ScoreArgumentTests
{
    [Fact]
    public async Task Score_NoEvalLoss_ExitsWith2AndNamesTheOption() =>
        (await PodiumProcess.RunAsync("score", "--train-loss", "0.5")).ShouldExitWith(2).Error.ShouldContain("--eval-loss");

    [Theory]
    [InlineData("--eval-loss", "abc")]
    [InlineData("--eval-loss", "")]
    [InlineData("--eval-loss", "0,5")] // Not 5: a comma is no separator of thousands here.
    [InlineData("--eval-loss", "1 000")]
    [InlineData("--train-loss", "0.5x")]
    [InlineData("--epochs-without-improvement", "-1")]
    [InlineData("--epochs-without-improvement", "1.5")]
    [InlineData("--epochs-without-improvement", "99999999999")]
    [InlineData("--weights", "1,2")]
    [InlineData("--weights", "eval_loss=-1")]
    [InlineData("--weights", "bleu=1")]
    [InlineData("--weights", "0,0,0,0")]
    public async Task Score_WrongValue_ExitsWith2AndNamesItInWordsForPeople(string option, string value)
    {
        string[] others = option == "--eval-loss" ? [] : ["--eval-loss", "0.5"];
        var run = (await PodiumProcess.RunAsync(["score", option, value, .. others])).ShouldExitWith(2);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(value == "0,0,0,0" ? "All weights are 0" : value.Split('=')[^1] is "1" ? "bleu" : value.Split('=')[^1]);
        run.Error.ShouldContain(option);
        run.Error.ShouldNotContain("System.");
    }
}
