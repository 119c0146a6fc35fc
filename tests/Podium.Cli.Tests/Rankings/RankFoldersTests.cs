using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

public sealed class RankFoldersTests
{
    [Theory]
    [InlineData("samples/sentiment-finetune")]
    [InlineData("samples/sentiment-finetune/")]
    [InlineData("./samples/sentiment-finetune")]
    public async Task Rank_RunFolder_IsOneObject(string typed)
    {
        var answer = (await PodiumProcess.RunAsync(["rank", typed, "-f", "json"], Checkout.Root)).ShouldExitWith(0).Json();

        answer.Text("recommended").ShouldBe("checkpoint-400");
    }

    [Fact]
    public async Task Rank_TheFolderOneStandsIn_IsOneObject() =>
        (await PodiumProcess.RunAsync(["rank", ".", "-f", "json"], Sample.Sentiment)).ShouldExitWith(0).Json().Text("recommended").ShouldBe("checkpoint-400");

    [Fact]
    public async Task Rank_Tree_IsAnArrayOfFolders() =>
        Folders(await PodiumProcess.RunAsync(["rank", "sweep", "-f", "json"], Sample.Folder)).ShouldBe(["sweep/lr-1e-4", "sweep/lr-1e-5", "sweep/lr-5e-5"]);

    [Fact]
    public async Task Rank_TwoFolders_IsAnArrayInTheirOrder() =>
        Folders(await PodiumProcess.RunAsync(["rank", "sweep/lr-5e-5", "sentiment-finetune", "-f", "json"], Sample.Folder)).ShouldBe(["sweep/lr-5e-5", "sentiment-finetune"]);

    [Fact]
    public async Task Rank_FolderWithOneRunFolderBelow_IsAnArrayOfOne()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "only", evalLosses: [2, 1]);

        Folders(await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldBe([Path.Combine(folder.Path, "only")]);
    }

    [Fact]
    public async Task Rank_FolderWithCheckpointsOfItsOwn_IsRankedAlone()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, evalLosses: [2, 1.5]);
        MadeRun.Usual(folder, "nested", evalLosses: [1, 0.5]);

        (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(0).Json().Checkpoints().Length.ShouldBe(2);
    }

    [Fact]
    public async Task Rank_MissingFolder_ExitsWith1AndNamesIt()
    {
        var run = (await PodiumProcess.RunAsync("rank", "/no/such/folder")).ShouldExitWith(1);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldBe("error: There is no folder '/no/such/folder'.\n");
    }

    [Fact]
    public async Task Rank_File_ExitsWith1AndSaysWhatToName()
    {
        var file = Path.Combine(Sample.Folder, "README.md");

        var run = (await PodiumProcess.RunAsync("rank", file)).ShouldExitWith(1);
        run.Error.ShouldContain($"'{file}' is a file");
        run.Error.ShouldContain("folder that holds the checkpoints");
    }

    [Fact]
    public async Task Rank_EmptyFolder_ExitsWith3AndPrintsTheJsonAllTheSame()
    {
        using var folder = new TemporaryFolder();

        var run = (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(3);
        run.Json().Items("folders").ShouldBeEmpty();
        run.Error.ShouldContain(folder.Path);
        run.Error.ShouldContain("no checkpoints");
    }

    [Fact]
    public async Task Rank_NoFolder_ExitsWith2() => (await PodiumProcess.RunAsync("rank")).ShouldExitWith(2).Error.ShouldContain("podium rank --help");

    [Theory]
    [InlineData("rank", "--acros")]
    [InlineData("best", "-x")]
    [InlineData("latest", "--across")]
    [InlineData("explain", "--everything")]
    [InlineData("compare", "--across")]
    public async Task Command_UnknownOption_ExitsWith2AndNamesIt(string command, string option)
    {
        (await PodiumProcess.RunAsync(command, Sample.Sentiment, option)).ShouldExitWith(2).Error.ShouldContain($"'{option}'");
        (await PodiumProcess.RunAsync(command, option, Sample.Sentiment)).ShouldExitWith(2).Error.ShouldContain($"'{option}'");
    }

    [Fact]
    public async Task Rank_FolderThatBeginsWithADash_IsRankedBehindTwoDashes()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "-run", evalLosses: [2, 1]);

        (await PodiumProcess.RunAsync(["best", "--", "-run"], folder.Path)).ShouldExitWith(0).Output.ShouldBe("-run/checkpoint-20\n");
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("1")]
    [InlineData("")]
    public async Task Rank_UnknownFormat_ExitsWith2AndNamesThem(string format)
    {
        var run = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--format", format)).ShouldExitWith(2);

        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain($"'{format}'");
        run.Error.ShouldContain("table, json, csv or markdown");
    }

    [Fact]
    public async Task Rank_UnreadableCheckpointBesideGoodOnes_IsNamedAndTheGoodOnesAreRanked()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, evalLosses: [2, 1.5, 1]);
        folder.Write("checkpoint-20/trainer_state.json", "{\n  \"log_history\": [ oops ]\n}");

        var run = (await PodiumProcess.RunAsync("rank", folder.Path, "-f", "json")).ShouldExitWith(0);
        run.Json().Text("recommended").ShouldBe("checkpoint-30");
        var unreadable = run.Json().Items("unreadable").ShouldHaveSingleItem();
        unreadable.Text("path").ShouldBe("checkpoint-20");
        unreadable.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.String);

        var words = (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(0).Output.Unwrapped();
        words.ShouldContain("★ Ship checkpoint-30");
        words.ShouldContain("checkpoint-20 cannot be read");
        words.ShouldContain("line 2");
    }

    [Fact]
    public async Task Rank_ReadAll_GivesTheSameAnswer()
    {
        var some = (await PodiumProcess.RunAsync("rank", Sample.Folder, "-f", "json")).ShouldExitWith(0);
        var all = (await PodiumProcess.RunAsync("rank", Sample.Folder, "-f", "json", "--read-all")).ShouldExitWith(0);

        all.Output.ShouldBe(some.Output);
    }

    private static IEnumerable<string?> Folders(ProcessRun run)
    {
        var answer = run.ShouldExitWith(0).Json();
        answer.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("folders");
        return answer.Items("folders").Select(folder => folder.Text("folder"));
    }
}
