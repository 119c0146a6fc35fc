using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

public sealed class BestTests
{
    [Theory]
    [InlineData("samples/sentiment-finetune", "samples/sentiment-finetune/checkpoint-400")]
    [InlineData("samples/sentiment-finetune/", "samples/sentiment-finetune/checkpoint-400")]
    [InlineData("./samples/sentiment-finetune", "./samples/sentiment-finetune/checkpoint-400")]
    public async Task Best_RunFolder_IsThatFolderJoinedWithTheName(string typed, string expected)
    {
        var run = (await PodiumProcess.RunAsync(["best", typed], Checkout.Root)).ShouldExitWith(0);

        run.Output.ShouldBe(expected + "\n");
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("../sentiment-finetune")]
    public async Task Best_RelativeFolder_IsUsableFromHere(string typed)
    {
        var path = (await PodiumProcess.RunAsync(["best", typed], Sample.Sentiment)).ShouldExitWith(0).Output.TrimEnd('\n');

        path.ShouldBe($"{typed}/checkpoint-400");
        Directory.Exists(Path.Combine(Sample.Sentiment, path)).ShouldBeTrue();
    }

    [Fact]
    public async Task Best_AbsoluteFolder_IsAbsolute() =>
        (await PodiumProcess.RunAsync("best", Sample.Sentiment)).ShouldExitWith(0).Output.ShouldBe($"{Sample.Sentiment}/checkpoint-400\n");

    [Fact]
    public async Task Best_OneRunFolderBelow_IsFound()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "deep/run", evalLosses: [2, 1]);

        (await PodiumProcess.RunAsync(["best", "."], folder.Path)).ShouldExitWith(0).Output.ShouldBe("./deep/run/checkpoint-20\n");
    }

    [Fact]
    public async Task Best_SeveralRunFoldersBelow_ExitsWith2AndNamesOneAndTheWayOut()
    {
        var run = (await PodiumProcess.RunAsync("best", Sample.Sweep)).ShouldExitWith(2);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("3 run folders");
        run.Error.ShouldContain("lr-1e-4");
        run.Error.ShouldContain("--across");
    }

    [Fact]
    public async Task Best_SeveralFolders_ExitsWith2() =>
        (await PodiumProcess.RunAsync("best", Sample.Sentiment, Sample.Sweep)).ShouldExitWith(2).Error.ShouldContain("--across");

    [Fact]
    public async Task Best_Across_IsTheBestOfAll() =>
        (await PodiumProcess.RunAsync(["best", "--across", "sweep"], Sample.Folder)).ShouldExitWith(0).Output.ShouldBe("sweep/lr-5e-5/checkpoint-300\n");

    [Fact]
    public async Task Best_NothingToRecommend_ExitsWith3AndPrintsNothingOnStdout()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10);

        var run = (await PodiumProcess.RunAsync("best", folder.Path)).ShouldExitWith(3);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("checkpoint-10");
    }

    [Fact]
    public async Task Best_MissingFolder_ExitsWith1() => (await PodiumProcess.RunAsync("best", "/no/such/folder")).ShouldExitWith(1).Output.ShouldBeEmpty();

    [Fact]
    public async Task Best_Strategy_IsAsked() =>
        (await PodiumProcess.RunAsync(["best", "sentiment-finetune", "-s", "eval-loss"], Sample.Folder)).ShouldExitWith(0).Output.ShouldBe("sentiment-finetune/checkpoint-500\n");

    [Fact]
    public async Task Best_Json_HasPathStepAndScore()
    {
        var answer = (await PodiumProcess.RunAsync(["best", "sentiment-finetune", "-f", "json"], Sample.Folder)).ShouldExitWith(0).Json();

        answer.Text("path").ShouldBe("sentiment-finetune/checkpoint-400");
        answer.Number("step").ShouldBe(400);
        answer.Number("score").ShouldBe(0.627, 0.0005);
    }

    [Theory]
    [InlineData("sentiment-finetune", "sentiment-finetune/checkpoint-800\n")]
    [InlineData("sweep/lr-1e-4", "sweep/lr-1e-4/checkpoint-300\n")]
    public async Task Latest_RunFolder_IsThePathOfTheNewest(string typed, string expected) =>
        (await PodiumProcess.RunAsync(["latest", typed], Sample.Folder)).ShouldExitWith(0).Output.ShouldBe(expected);

    [Fact]
    public async Task Latest_NoEvaluation_IsStillThere()
    {
        using var folder = new TemporaryFolder();
        new MadeRun(folder, "").Log(10, "\"loss\": 2.0").Save(10);

        (await PodiumProcess.RunAsync("latest", folder.Path)).ShouldExitWith(0).Output.ShouldBe($"{folder.Path}/checkpoint-10\n");
    }

    [Fact]
    public async Task Latest_MissingFolder_ExitsWith1() => (await PodiumProcess.RunAsync("latest", "/no/such/folder")).ShouldExitWith(1);
}
