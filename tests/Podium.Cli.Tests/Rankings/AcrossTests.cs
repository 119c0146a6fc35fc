using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

public sealed class AcrossTests
{
    [Fact]
    public async Task Rank_Across_OneOrderOneRecommendationAndTheSettingBesideIt()
    {
        var run = (await PodiumProcess.RunAsync(["rank", "--across", "samples/sweep"], Checkout.Root)).ShouldExitWith(0);

        run.Output.ShouldContain("★ Ship samples/sweep/lr-5e-5/checkpoint-300");
        var header = run.Output.Lines().Single(line => line.StartsWith('#'));
        header.ShouldContain("learning_rate");
        run.Output.Lines().Single(line => line.StartsWith("1 ", StringComparison.Ordinal)).ShouldContain("4.74138E-05");
    }

    [Fact]
    public async Task Rank_Across_SaysWhatTheChoiceCostsAmongAllRuns()
    {
        var words = (await PodiumProcess.RunAsync(["rank", "--across", "samples/sweep"], Checkout.Root)).ShouldExitWith(0).Output.Unwrapped();

        words.ShouldContain("best of 9 checkpoints");
        words.ShouldContain("1.4 % above the lowest, 1.4285 at samples/sweep/lr-1e-4/checkpoint-200");
    }

    [Fact]
    public async Task Rank_AcrossOneRun_GivesTheReasonsOfThatRun()
    {
        var words = (await PodiumProcess.RunAsync(["rank", "--across", "sentiment-finetune"], Sample.Folder)).ShouldExitWith(0).Output.Unwrapped();

        words.ShouldContain("★ Ship sentiment-finetune/checkpoint-400 It is the best of 8 checkpoints with a score of 0.6268");
        words.ShouldNotContain("Within its own run");
    }

    [Fact]
    public async Task Rank_AcrossJson_NamesPathsUsableFromHereAndTheDifferingSettings()
    {
        var answer = (await PodiumProcess.RunAsync(["rank", "--across", "sweep", "-f", "json"], Sample.Folder)).ShouldExitWith(0).Json();

        answer.Text("recommended").ShouldBe("sweep/lr-5e-5/checkpoint-300");
        var group = answer.Items("groups").ShouldHaveSingleItem();
        group.Items("runs").Length.ShouldBe(3);
        group.Items("checkpoints").Select(checkpoint => checkpoint.Number("rank_across")).ShouldBe(Enumerable.Range(1, 9).Select(rank => (double)rank));
        group.Items("differing_settings").Select(setting => setting.GetString()).ShouldBe(["learning_rate"]);
    }

    [Fact]
    public async Task Rank_AcrossCsv_HasTheSettings()
    {
        var lines = (await PodiumProcess.RunAsync(["rank", "--across", "sweep", "-f", "csv"], Sample.Folder)).ShouldExitWith(0).Output.Lines();

        lines.Length.ShouldBe(10);
        lines[0].ShouldEndWith(",learning_rate");
    }

    [Fact]
    public async Task Rank_AcrossDifferentEvaluationSets_GroupsThemAndRecommendsNone()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "a", samples: 400, evalLosses: [2, 1.5]);
        MadeRun.Usual(folder, "b", samples: 400, evalLosses: [2, 1.4]);
        MadeRun.Usual(folder, "c", samples: 100, evalLosses: [1, 0.5]);

        var run = (await PodiumProcess.RunAsync(["rank", "--across", "a", "b", "c", "-f", "json"], folder.Path)).ShouldExitWith(3);
        run.Json().GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
        run.Json().Items("groups").Select(group => group.Text("recommended")).ShouldBe(["b/checkpoint-20", "c/checkpoint-20"]);
        run.Json().Items("groups")[1].Text("differs_because")!.ShouldContain("100 samples, not 400");

        var words = (await PodiumProcess.RunAsync(["rank", "--across", "."], folder.Path)).ShouldExitWith(3).Output.Unwrapped();
        words.ShouldContain("evaluated on about 100 samples, not 400");
        words.ShouldContain("no one recommendation");
    }

    [Fact]
    public async Task Best_AcrossDifferentEvaluationSets_PrintsNothingOnStdoutAndTheBestOfEachOnStderr()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "a", samples: 400, evalLosses: [2, 1.5]);
        MadeRun.Usual(folder, "c", samples: 100, evalLosses: [1, 0.5]);

        var run = (await PodiumProcess.RunAsync(["best", "--across", "a", "c"], folder.Path)).ShouldExitWith(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("a/checkpoint-20 is the best of 1 run");
        run.Error.ShouldContain("c/checkpoint-20 is the best of 1 run");
    }

    [Fact]
    public async Task Rank_AcrossARunWithoutEvaluation_LeavesItOutAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "a", evalLosses: [2, 1.5]);
        new MadeRun(folder, "b").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync(["rank", "--across", "."], folder.Path)).ShouldExitWith(0);
        run.Output.ShouldContain("★ Ship ./a/checkpoint-20");
        run.Output.Unwrapped().ShouldContain("./b is left out");
    }
}
