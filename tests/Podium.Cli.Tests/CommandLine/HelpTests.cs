using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.CommandLine;

public sealed class HelpTests
{
    [Theory]
    [InlineData("rank")]
    [InlineData("best")]
    [InlineData("latest")]
    [InlineData("explain")]
    [InlineData("compare")]
    [InlineData("verify")]
    [InlineData("watch")]
    [InlineData("prune")]
    [InlineData("du")]
    [InlineData("score")]
    [InlineData("serve")]
    [InlineData("jobs")]
    [InlineData("jobs", "set")]
    [InlineData("import")]
    [InlineData("token")]
    [InlineData("token", "add")]
    [InlineData("token", "list")]
    [InlineData("token", "revoke")]
    [InlineData("completion")]
    public async Task Help_Command_ExitsWith0AndHasExamplesOfIt(params string[] command)
    {
        var run = (await PodiumProcess.RunAsync([.. command, "--help"])).ShouldExitWith(0);

        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("Usage:");
        run.Output.Split("Examples:\n")[1].ShouldContain($"podium {string.Join(' ', command)}");
    }

    [Fact]
    public async Task Help_Root_NamesEveryCommandAndHasExamples()
    {
        var output = (await PodiumProcess.RunAsync("--help")).ShouldExitWith(0).Output;

        output.Split("Commands:\n")[1].Split("\n\n")[0].Lines().Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .ShouldBe(["rank", "best", "latest", "explain", "compare", "verify", "watch", "prune", "du", "score", "serve", "jobs", "import", "token", "completion"]);
        output.ShouldContain("Examples:\n");
    }

    [Theory]
    [InlineData("-h")]
    public async Task Help_Short_IsTheSame(string option) => (await PodiumProcess.RunAsync("rank", option)).ShouldExitWith(0).Output.ShouldContain("Examples:");

    [Fact]
    public async Task Version_IsTheVersionOnly() => (await PodiumProcess.RunAsync("--version")).ShouldExitWith(0).Output.ShouldMatch(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?\n$");

    [Fact]
    public async Task Podium_WithoutArguments_ExitsWith2AndSaysWhereHelpIs() => (await PodiumProcess.RunAsync()).ShouldExitWith(2).Error.ShouldContain("podium --help");

    [Fact]
    public async Task Podium_WrongArgumentBelowACommand_SaysWhereItsOwnHelpIs() => (await PodiumProcess.RunAsync("token", "add", "anna")).ShouldExitWith(2).Error.ShouldContain("podium token add --help");

    [Fact]
    public async Task Podium_UnknownCommand_ExitsWith2AndNamesIt() => (await PodiumProcess.RunAsync("rnk", "somewhere")).ShouldExitWith(2).Error.ShouldContain("'rnk'");
}
