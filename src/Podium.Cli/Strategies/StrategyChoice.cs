using Podium.Cli.CommandLine;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Cli.Strategies;

/// <summary>A strategy, and who said so.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="From"><c>default</c>, <c>option</c>, <c>environment</c>, or the path of a podium.yaml.</param>
internal sealed record ChosenStrategy(Strategy Strategy, string From);

/// <summary>Finds the strategy for a folder: the option, else PODIUM_STRATEGY, else a podium.yaml at or above it, else the default.</summary>
internal static class StrategyChoice
{
    public const string EnvironmentVariable = "PODIUM_STRATEGY";

    public static ChosenStrategy For(string folder, string? option, string? weights, GapMode? gap)
    {
        var chosen = option is not null ? new ChosenStrategy(Parse(option, "--strategy"), "option")
            : weights is not null ? new ChosenStrategy(new MultiMetricStrategy(MultiMetricScorer.Default, AskedFor: true), "option")
            : Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } named ? new ChosenStrategy(Parse(named, EnvironmentVariable), "environment")
            : PodiumYaml.FindAbove(folder) is { } file ? new ChosenStrategy(PodiumYaml.Read(file), file)
            : new ChosenStrategy(new MultiMetricStrategy(), "default");
        if (weights is null && gap is null) return chosen;

        if (chosen.Strategy is not MultiMetricStrategy multiMetric)
            throw new UsageException($"--weights and --gap belong to the strategy multi-metric, not to '{chosen.Strategy.Name}' (from: {chosen.From}).");

        var scorer = multiMetric.Scorer;
        if (weights is not null)
        {
            if (!ScoreWeightsParser.TryParse(weights, out var read, out var error)) throw new UsageException($"--weights: {error}");
            scorer = new MultiMetricScorer(read, scorer.Gap);
        }

        return chosen with { Strategy = multiMetric with { Scorer = new MultiMetricScorer(scorer.Weights, gap ?? scorer.Gap) } };
    }

    private static Strategy Parse(string text, string source)
    {
        if (PodiumYaml.IsName(text)) return PodiumYaml.Read(text);
        return StrategyParser.TryParse(text, out var strategy, out var error) ? strategy : throw new UsageException($"{source}: {error}");
    }
}
