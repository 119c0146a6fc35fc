using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Rankings;

public sealed class RankTableTests
{
    [Fact]
    public async Task Rank_Sample_RecommendsAsItsReadmeSays()
    {
        var run = (await PodiumProcess.RunAsync(["rank", "sentiment-finetune"], Sample.Folder)).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("★ Ship checkpoint-400\n");
        run.Output.Lines().Where(line => line.Contains("checkpoint-", StringComparison.Ordinal) && char.IsAsciiDigit(line[0]))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .ShouldBe(["checkpoint-400", "checkpoint-300", "checkpoint-500", "checkpoint-200", "checkpoint-600", "checkpoint-100", "checkpoint-700", "checkpoint-800"]);
    }

    [Fact]
    public async Task Rank_Sample_ClosesWithOneLineOnTheDisagreement()
    {
        var run = (await PodiumProcess.RunAsync(["rank", "sentiment-finetune"], Sample.Folder)).ShouldExitWith(0);

        run.Output.Unwrapped().ShouldEndWith(
            "Strategies disagree: eval-loss picks checkpoint-500 (eval_loss 2.6 % lower); plateau:10% picks checkpoint-600 (eval_loss 1.5 % lower). See: podium explain sentiment-finetune");
    }

    [Theory]
    [InlineData("rank", "sentiment-finetune")]
    [InlineData("rank", "sweep")]
    [InlineData("rank", "sweep", "--across")]
    [InlineData("rank", "sentiment-finetune", "--strategy", "metric:eval_accuracy")]
    [InlineData("compare", "sweep")]
    [InlineData("explain", "sentiment-finetune")]
    [InlineData("score", "-e", "0.5")]
    public async Task Table_Redirected_Fits80ColumnsWithoutEscapeCodes(params string[] arguments)
    {
        var run = (await PodiumProcess.RunAsync(arguments, Sample.Folder)).ShouldExitWith(0);

        run.Output.ShouldNotContain('\u001b');
        run.Output.Lines().ShouldAllBe(line => line.FitsIn80Columns());
    }

    [Fact]
    public async Task Rank_ManyCheckpoints_ShowsTheFirstOnesAndHowToSeeAll()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, evalLosses: [.. Enumerable.Range(0, 20).Select(i => 3 - 0.1 * i)]);

        (await PodiumProcess.RunAsync("rank", folder.Path)).ShouldExitWith(0).Output.ShouldContain("… and 5 more (--all shows them)");
        (await PodiumProcess.RunAsync("rank", folder.Path, "--all")).ShouldExitWith(0).Output.Lines()
            .Count(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var rank, var name, ..] && int.TryParse(rank, out _) && name.StartsWith("checkpoint-", StringComparison.Ordinal)).ShouldBe(20);
    }

    [Fact]
    public async Task Rank_Csv_HasARowForEachCheckpointWithFullPrecision()
    {
        var lines = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--format", "csv")).ShouldExitWith(0).Output.Lines();

        lines[0].ShouldBe("folder,run,rank,path,step,eval_loss,train_loss,gap,perplexity,score,size_bytes,note");
        lines.Length.ShouldBe(9);
        lines[1].ShouldStartWith($"{Sample.Sentiment},1,1,checkpoint-400,400,1.3621,1.243227,");
        lines[1].ShouldEndWith(",★ best");
    }

    [Fact]
    public async Task Rank_CsvOfAFolderWithCommaAndQuote_QuotesIt()
    {
        using var folder = new TemporaryFolder();
        var run = MadeRun.Usual(folder, "a \"b\", c", evalLosses: [2, 1]);

        (await PodiumProcess.RunAsync("rank", run.Path, "--format", "csv")).ShouldExitWith(0).Output.Lines()[1].ShouldStartWith($"\"{folder.Path}/a \"\"b\"\", c\",1,1,checkpoint-20,");
    }

    [Fact]
    public async Task Rank_Markdown_IsATable()
    {
        var lines = (await PodiumProcess.RunAsync("rank", Sample.Sentiment, "--format", "markdown")).ShouldExitWith(0).Output.Lines();

        lines.Length.ShouldBe(10);
        lines.Select(line => line.Count(c => c == '|')).Distinct().Count().ShouldBe(1);
        lines[2].ShouldContain("| checkpoint-400 |");
    }

    [Fact]
    public async Task Rank_NameWithSpacesQuotesAndUnicode_IsShownAndQuotedForTheShell()
    {
        using var folder = new TemporaryFolder();
        MadeRun.Usual(folder, "Läufe d'été \"7\" 训练", evalLosses: [2, 1.5, 1.6, 1.4]);

        var run = (await PodiumProcess.RunAsync(["rank", "Läufe d'été \"7\" 训练"], folder.Path)).ShouldExitWith(0);
        run.Output.ShouldContain("Läufe d'été \"7\" 训练 · strategy multi-metric");
        (await PodiumProcess.RunAsync(["best", "Läufe d'été \"7\" 训练"], folder.Path)).ShouldExitWith(0).Output.ShouldBe("Läufe d'été \"7\" 训练/checkpoint-40\n");

        // What is offered for copying must be one word to a shell.
        var disagreeing = (await PodiumProcess.RunAsync(["rank", "Läufe d'été \"7\" 训练", "--strategy", "metric:loss:max"], folder.Path)).ShouldExitWith(0);
        disagreeing.Output.Unwrapped().ShouldContain("podium explain 'Läufe d'\\''été \"7\" 训练'");
    }
}
