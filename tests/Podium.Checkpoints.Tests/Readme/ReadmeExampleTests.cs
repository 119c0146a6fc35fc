using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.Readme;

/// <summary>The README's example, compiled and run on the sample that the README ranks.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public void Example_OnTheSampleRun_NamesTheRecommendedOneWithReasons()
    {
        var output = new StringWriter();
        var before = Console.Out;
        Console.SetOut(output);
        try
        {
            Example(Path.Combine(Checkout.Root, "samples", "sentiment-finetune"));
        }
        finally
        {
            Console.SetOut(before);
        }

        output.ToString().ShouldStartWith("checkpoint-400: 0.6268");
        output.ToString().ShouldContain("It is the best of 8 checkpoints");
    }

    [Fact]
    public void Example_IsTheOneInTheReadme()
    {
        var readme = File.ReadAllText(Path.Combine(Checkout.Root, "README.md"));
        var shown = readme.Split("```csharp\n")[1].Split("```")[0];
        var compiled = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Podium.Checkpoints.Tests", "Readme", "ReadmeExampleTests.cs"))
            .Split("// from here\n")[1].Split("        // to here")[0];

        Lines(shown).SkipWhile(line => line.StartsWith("using", StringComparison.Ordinal)).ShouldBe(Lines(compiled.Replace("(path)", "(\"./outputs\")", StringComparison.Ordinal)));
    }

    private static void Example(string path)
    {
        // from here
        var folder = RunFolderReader.Read(path);
        var ranking = FolderRanking.Of(folder);
        if (ranking.Recommended is { } best)
        {
            Console.WriteLine($"{best.Checkpoint.Path}: {best.Score:0.0000}");
            foreach (var reason in RankingReasons.For(ranking.Runs[0], best)) Console.WriteLine(reason.Message);
        }

        // to here
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
