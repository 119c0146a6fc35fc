using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Output;

public sealed class ColourTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true, "CLICOLOR_FORCE", "1")]
    [InlineData(false, "CLICOLOR_FORCE", "0")]
    [InlineData(false, "CLICOLOR_FORCE", "1", "NO_COLOR", "1")]
    [InlineData(true, "CLICOLOR_FORCE", "1", "NO_COLOR", "")]
    public async Task Rank_Redirected_HasColoursWhereTheyAreForcedAndNotRefused(bool hasColours, params string[] variables)
    {
        var environment = variables.Chunk(2).ToDictionary(pair => pair[0], string? (pair) => pair[1]);

        var run = (await PodiumProcess.RunAsync(["rank", Sample.Sentiment], null, environment)).ShouldExitWith(0);
        run.Output.Contains('\u001b').ShouldBe(hasColours);
    }

    [Fact]
    public async Task Best_ColoursForced_IsStillABarePath()
    {
        var run = (await PodiumProcess.RunAsync(["best", Sample.Sentiment], null, new Dictionary<string, string?> { ["CLICOLOR_FORCE"] = "1" })).ShouldExitWith(0);

        run.Output.ShouldBe($"{Sample.Sentiment}/checkpoint-400\n");
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("markdown")]
    public async Task Rank_ForMachines_HasNoColoursEvenWhereForced(string format) =>
        (await PodiumProcess.RunAsync(["rank", Sample.Sentiment, "-f", format], null, new Dictionary<string, string?> { ["CLICOLOR_FORCE"] = "1" })).ShouldExitWith(0).Output.ShouldNotContain('\u001b');
}
