using Podium.Cli.CommandLine;
using Podium.Scoring;
using Podium.Strategies;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Podium.Cli.Strategies;

/// <summary>Reads a strategy out of a YAML file: <c>strategy:</c>, <c>weights:</c> and <c>gap:</c>, or the weights alone.</summary>
internal static class PodiumYaml
{
    private const string FileName = "podium.yaml";

    /// <summary>Whether a strategy is written as the name of a file.</summary>
    public static bool IsName(string text) =>
        text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The podium.yaml in a folder or the nearest one above it.</summary>
    public static string? FindAbove(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
            if (Path.Combine(at, FileName) is var file && File.Exists(file))
                return file;

        return null;
    }

    public static Strategy Read(string file)
    {
        var members = Members(file);
        var strategy = members.GetValueOrDefault("strategy") switch
        {
            null => null,
            YamlScalarNode { Value: { } name } => StrategyParser.TryParse(name, out var named, out var error) ? named : throw Wrong(file, error),
            _ => throw Wrong(file, "strategy: is a name"),
        };
        var weights = members.GetValueOrDefault("weights") switch
        {
            null when members.ContainsKey("eval_loss") => Weights(file, members.Where(member => member.Key is not ("strategy" or "gap"))),
            null => null,
            YamlMappingNode mapping => Weights(file, Scalars(mapping)),
            _ => throw Wrong(file, "weights: is a mapping of names to numbers"),
        };
        var gap = members.GetValueOrDefault("gap") switch
        {
            null => GapMode.OneSided,
            YamlScalarNode { Value: "one-sided" } => GapMode.OneSided,
            YamlScalarNode { Value: "two-sided" } => GapMode.TwoSided,
            var other => throw Wrong(file, $"gap: is one-sided or two-sided, not '{other}'"),
        };
        if (strategy is not null and not MultiMetricStrategy)
            return weights is null ? strategy : throw Wrong(file, $"weights: belong to the strategy multi-metric, not to '{strategy.Name}'");
        if (strategy is null && weights is null)
            throw Wrong(file, $"there is neither strategy: ({StrategyParser.Syntax}) nor weights: ({ScoreWeightsParser.Syntax.Replace('=', ':')})");
        return new MultiMetricStrategy(new MultiMetricScorer(weights ?? ScoreWeights.Default, gap), AskedFor: true);
    }

    private static Dictionary<string, YamlNode> Members(string file)
    {
        try
        {
            using var reader = File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? root.Children.Where(child => child.Key is YamlScalarNode).ToDictionary(child => ((YamlScalarNode)child.Key).Value!, child => child.Value, StringComparer.Ordinal)
                : throw Wrong(file, "it is no mapping of names to values");
        }
        catch (YamlException exception)
        {
            throw Wrong(file, $"line {exception.Start.Line}: {exception.Message}");
        }
        catch (FileNotFoundException)
        {
            throw new UsageException($"There is no file '{file}'.");
        }
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Scalars(YamlMappingNode mapping) =>
        mapping.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), child.Value));

    private static ScoreWeights Weights(string file, IEnumerable<KeyValuePair<string, YamlNode>> members) =>
        ScoreWeightsParser.TryMake(members.Select(member => (member.Key, member.Value.ToString())), out var weights, out var error)
            ? weights
            : throw Wrong(file, error);

    private static UsageException Wrong(string file, string what) => new($"{file}: {what}");
}
