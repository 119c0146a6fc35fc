using System.Text.Json;
using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Strategies;

/// <summary>Who says by which strategy is ranked, and who is heard first.</summary>
public sealed class StrategyFromTests : IDisposable
{
    private static readonly Dictionary<string, string?> Environment = new() { ["PODIUM_STRATEGY"] = "plateau:20%" };

    private readonly TemporaryFolder _folder = new();
    private readonly string _run;

    public StrategyFromTests() => _run = MadeRun.Usual(_folder, "project/run", evalLosses: [2, 1.5, 1.6]).Path;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rank_NobodySaid_IsTheDefault() => (await RankAsync()).ShouldBe(("multi-metric", "default"));

    [Fact]
    public async Task Rank_Option_IsTheOption() => (await RankAsync(options: ["--strategy", "eval-loss"])).ShouldBe(("eval-loss", "option"));

    [Fact]
    public async Task Rank_Environment_IsTheEnvironment() => (await RankAsync(Environment)).ShouldBe(("plateau:20%", "environment"));

    [Theory]
    [InlineData("project/run")]
    [InlineData("project")]
    [InlineData("")]
    public async Task Rank_PodiumYamlAtOrAboveTheFolder_IsThatFile(string at)
    {
        var file = _folder.Write(Path.Combine(at, "podium.yaml"), "strategy: eval-loss\n");

        (await RankAsync()).ShouldBe(("eval-loss", file));
    }

    [Fact]
    public async Task Rank_TwoPodiumYaml_TheNearerOneCounts()
    {
        _folder.Write("podium.yaml", "strategy: eval-loss\n");
        var nearer = _folder.Write("project/podium.yaml", "strategy: trainer\n");

        var run = await PodiumProcess.RunAsync("rank", _run, "-f", "json");
        run.Json().Text("strategy_from").ShouldBe(nearer);
    }

    [Fact]
    public async Task Rank_RelativeFolder_FindsThePodiumYamlAboveIt()
    {
        var file = _folder.Write("podium.yaml", "strategy: eval-loss\n");

        var run = (await PodiumProcess.RunAsync(["rank", ".", "-f", "json"], _run)).ShouldExitWith(0);
        run.Json().Text("strategy_from").ShouldBe(file);
    }

    [Fact]
    public async Task Rank_EnvironmentAndPodiumYaml_TheEnvironmentCounts()
    {
        _folder.Write("podium.yaml", "strategy: eval-loss\n");

        (await RankAsync(Environment)).ShouldBe(("plateau:20%", "environment"));
    }

    [Fact]
    public async Task Rank_OptionEnvironmentAndPodiumYaml_TheOptionCounts()
    {
        _folder.Write("podium.yaml", "strategy: eval-loss\n");

        (await RankAsync(Environment, "--strategy", "multi-metric")).ShouldBe(("multi-metric", "option"));
    }

    [Fact]
    public async Task Rank_EmptyEnvironment_CountsAsNone() =>
        (await RankAsync(new Dictionary<string, string?> { ["PODIUM_STRATEGY"] = "" })).ShouldBe(("multi-metric", "default"));

    [Fact]
    public async Task Rank_WrongEnvironment_ExitsWith2AndNamesTheVariable()
    {
        var run = (await PodiumProcess.RunAsync(["rank", _run], null, new Dictionary<string, string?> { ["PODIUM_STRATEGY"] = "nonsense" })).ShouldExitWith(2);

        run.Error.ShouldContain("PODIUM_STRATEGY");
        run.Error.ShouldContain("'nonsense'");
    }

    [Fact]
    public async Task Rank_Tree_EachFolderHasTheStrategyOfItsOwnPodiumYaml()
    {
        MadeRun.Usual(_folder, "project/second", evalLosses: [2, 1.5]);
        _folder.Write("project/second/podium.yaml", "strategy: eval-loss\n");

        var folders = (await PodiumProcess.RunAsync("rank", _folder.Path, "-f", "json")).ShouldExitWith(0).Json().Items("folders");
        folders.Select(folder => folder.Text("strategy")).ShouldBe(["multi-metric", "eval-loss"]);
    }

    [Fact]
    public async Task Rank_NotTheDefault_TheTableSaysWhereItCameFrom()
    {
        var file = _folder.Write("podium.yaml", "strategy: eval-loss\n");

        (await PodiumProcess.RunAsync("rank", _run)).ShouldExitWith(0).Output.Unwrapped().ShouldContain($"strategy eval-loss (from {file})");
    }

    private async Task<(string?, string?)> RankAsync(Dictionary<string, string?>? environment = null, params string[] options)
    {
        JsonElement answer = (await PodiumProcess.RunAsync(["rank", _run, "--format", "json", .. options], null, environment)).ShouldExitWith(0).Json();
        return (answer.Text("strategy"), answer.Text("strategy_from"));
    }
}
