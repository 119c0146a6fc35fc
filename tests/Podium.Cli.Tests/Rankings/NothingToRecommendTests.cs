using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

public sealed class NothingToRecommendTests
{
    [Fact]
    public async Task Rank_NoEvaluation_ExitsWith3AndNamesTheNewest()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10).Log(20, "\"loss\": 1.5").Save(20);

        var run = (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(3);
        run.Output.Unwrapped().ShouldContain("The newest complete checkpoint is checkpoint-20. To get evaluations, train with eval_strategy=");
    }

    [Theory]
    [InlineData("rank")]
    [InlineData("best")]
    [InlineData("explain")]
    [InlineData("compare")]
    public async Task Json_NoEvaluation_IsPrintedAllTheSame(string command)
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync(command, folder.Path, "--format", "json")).ShouldExitWith(3);
        run.Json().ValueKind.ShouldBe(JsonValueKind.Object);
        run.Error.ShouldContain("checkpoint-10");
    }

    [Theory]
    [InlineData("rank")]
    [InlineData("best")]
    [InlineData("latest")]
    [InlineData("explain")]
    [InlineData("compare")]
    public async Task Json_EmptyFolder_IsPrintedAllTheSame(string command)
    {
        using var folder = new TemporaryFolder();

        var run = (await PodiumProcess.RunAsync(command, folder.Path, "--format", "json")).ShouldExitWith(3);
        run.Json().ValueKind.ShouldBe(JsonValueKind.Object);
        run.Error.ShouldContain(folder.Path);
    }

    [Fact]
    public async Task Rank_SeveralEvaluationSets_NamesTheLossesAndTheOption()
    {
        using var folder = new TemporaryFolder();
        TwoSets(folder);

        var words = (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(3).Output.Unwrapped();
        words.ShouldContain("eval_far_loss, eval_near_loss");
        words.ShouldContain("--eval-loss-key");
    }

    [Theory]
    [InlineData("eval_near_loss", "checkpoint-20")]
    [InlineData("eval_far_loss", "checkpoint-10")]
    public async Task Rank_EvalLossKey_IsTheLossThatCounts(string key, string expected)
    {
        using var folder = new TemporaryFolder();
        TwoSets(folder);

        (await PodiumProcess.RunAsync("rank", folder.Path, "--eval-loss-key", key, "-f", "json")).ShouldExitWith(0).Json().Text("recommended").ShouldBe(expected);
    }

    [Fact]
    public async Task Rank_UnknownEvalLossKey_ExitsWith2AndSaysWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        TwoSets(folder);

        var words = (await PodiumProcess.RunAsync("rank", folder.Path, "--eval-loss-key", "eval_middle_loss")).ShouldExitWith(2).Output.Unwrapped();
        words.ShouldContain("'eval_middle_loss'");
        words.ShouldContain("eval_near_loss");
    }

    [Fact]
    public async Task Rank_LossThatIsNoTokenLoss_ExitsWith3AndProposesAMetric()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 0.0, \"reward\": 0.5").Log(10, "\"eval_loss\": 0.0, \"eval_reward\": 0.5").Save(10)
            .Log(20, "\"loss\": 0.0, \"reward\": 0.7").Log(20, "\"eval_loss\": 0.0, \"eval_reward\": 0.8").Save(20);

        (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(3).Output.Unwrapped().ShouldContain("metric:eval_reward");
        (await PodiumProcess.RunAsync("best", folder.Path, "--strategy", "metric:eval_reward")).ShouldExitWith(0).Output.ShouldBe($"{folder.Path}/checkpoint-20\n");
        (await PodiumProcess.RunAsync("best", folder.Path, "--strategy", "multi-metric")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Latest_HistoryWithoutCheckpoint_ExitsWith3AndSaysSo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("trainer_state.json", """{ "global_step": 10, "log_history": [{ "eval_loss": 2.0, "step": 10 }] }""");

        (await PodiumProcess.RunAsync("latest", folder.Path)).ShouldExitWith(3).Error.ShouldContain("no checkpoint");
    }

    private static void TwoSets(TemporaryFolder folder) => new MadeRun(folder, "")
        .Log(10, "\"eval_near_loss\": 2.0").Log(10, "\"eval_far_loss\": 2.0").Save(10)
        .Log(20, "\"eval_near_loss\": 1.0").Log(20, "\"eval_far_loss\": 3.0").Save(20);
}
