using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Comparisons;

public sealed class CompareTests
{
    [Fact]
    public async Task Compare_Sweep_ALineEachWithTheSettingInWhichTheyDiffer()
    {
        var lines = (await PodiumProcess.RunAsync(["compare", "sweep"], Sample.Folder)).ShouldExitWith(0).Output.Lines();

        lines.Length.ShouldBe(4);
        lines[0].ShouldStartWith("run ");
        lines[0].ShouldContain("learning_rate");
        lines.Single(line => line.Contains('★')).ShouldStartWith("sweep/lr-5e-5");
    }

    [Fact]
    public async Task Compare_Json_HasTheRunsAndTheDifferingSettings()
    {
        var answer = (await PodiumProcess.RunAsync(["compare", "sweep", "-f", "json"], Sample.Folder)).ShouldExitWith(0).Json();

        answer.Items("runs").Select(run => (run.Text("folder"), run.Text("recommended"), run.Number("lowest_eval_loss_step"))).ShouldBe(
            [("sweep/lr-1e-4", "checkpoint-200", 200), ("sweep/lr-1e-5", "checkpoint-300", 300), ("sweep/lr-5e-5", "checkpoint-300", 300)]);
        answer.Items("differing_settings").Select(setting => setting.GetString()).ShouldBe(["learning_rate"]);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("markdown")]
    public async Task Compare_OtherFormats_HaveTheSettings(string format) =>
        (await PodiumProcess.RunAsync(["compare", "sweep", "-f", format], Sample.Folder)).ShouldExitWith(0).Output.ShouldContain("4.74138E-05");

    [Fact]
    public async Task Compare_DifferentEvaluationSets_SaysThatTheyCannotBeCompared()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "a", samples: 400, evalLosses: [2, 1.5]);
        MadeRun.Usual(folder, "c", samples: 100, evalLosses: [1, 0.5]);

        (await PodiumProcess.RunAsync(["compare", "a", "c"], folder.Path)).ShouldExitWith(0).Output.Unwrapped()
            .ShouldContain("c cannot be compared with a: it evaluated on about 100 samples, not 400.");
        (await PodiumProcess.RunAsync(["compare", "a", "c", "-f", "json"], folder.Path)).ShouldExitWith(0).Json().Items("runs")[1].Text("not_comparable_because").ShouldNotBeNull();
    }

    [Fact]
    public async Task Compare_EvalLossKey_IsTheLossOfEveryColumn()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "a")
            .Log(10, "\"eval_near_loss\": 2.0, \"eval_far_loss\": 3.0").Save(10)
            .Log(20, "\"eval_near_loss\": 1.0, \"eval_far_loss\": 4.0").Save(20);

        var run = (await PodiumProcess.RunAsync(["compare", "a", "--eval-loss-key", "eval_near_loss", "-f", "json"], folder.Path)).ShouldExitWith(0).Json().Items("runs")[0];
        run.Number("eval_loss").ShouldBe(1);
        run.Number("lowest_eval_loss").ShouldBe(1);
        run.Number("evaluations").ShouldBe(2);
    }

    [Fact]
    public async Task Compare_NothingToRecommendAnywhere_ExitsWith3()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "a").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync(["compare", "a", "-f", "json"], folder.Path)).ShouldExitWith(3);
        run.Json().Items("runs")[0].GetProperty("recommended").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Compare_MissingFolder_ExitsWith1() => (await PodiumProcess.RunAsync("compare", Sample.Sentiment, "/no/such/folder")).ShouldExitWith(1).Error.ShouldContain("/no/such/folder");
}
