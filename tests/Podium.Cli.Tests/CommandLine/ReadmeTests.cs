namespace Podium.Cli.Tests.CommandLine;

public sealed class ReadmeTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("samples/README.md")]
    [InlineData("docs/scoring.md")]
    public async Task Document_EveryPodiumCommandInAShellBlock_Parses(string document)
    {
        var path = Path.Combine(Checkout.Root, document);
        if (!File.Exists(path)) Assert.Skip($"there is no {document} yet");

        foreach (var line in Commands(File.ReadAllText(path)))
        {
            // Bash takes the line apart, with a podium that shows its help instead: what does not parse is still an error there.
            var run = await ProcessRun.StartAsync("bash", ["-c", $"podium() {{ for word; do printf '%s\\0' \"$word\"; done; exit; }}; {line}"]);
            var words = run.ShouldExitWith(0).Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            var help = (await PodiumProcess.RunAsync([.. words, "--help"])).ShouldExitWith(0);
            help.Output.ShouldContain($"podium {words[0]} ", Case.Sensitive, line);
            foreach (var option in words.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
                help.Output.ShouldContain(option.Split('=')[0], Case.Sensitive, line);
        }
    }

    /// <summary>The lines that begin with podium in the fenced blocks that are for a shell.</summary>
    private static IEnumerable<string> Commands(string markdown)
    {
        var fence = "";
        foreach (var line in markdown.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) fence = fence.Length > 0 ? "" : line;
            else if (fence is "```sh" or "```bash" or "```console" or "```shell" && line.TrimStart('$', ' ') is var typed && typed.StartsWith("podium ", StringComparison.Ordinal))
                yield return typed;
        }
    }
}
