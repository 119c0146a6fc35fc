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
        var weightsAlone = members.ContainsKey("eval_loss") && !members.ContainsKey("weights");
        foreach (var (name, node) in members)
            if (name is not ("strategy" or "weights" or "gap") && !weightsAlone)
                throw Wrong(file, $"'{name}' is not known here. There are strategy:, weights: and gap:, or the weights alone", node);

        var strategy = members.GetValueOrDefault("strategy") switch
        {
            null => null,
            YamlScalarNode { Value: { } name } node => StrategyParser.TryParse(name, out var named, out var error) ? named : throw Wrong(file, error, node),
            var other => throw Wrong(file, "strategy: is a name", other),
        };
        var weights = members.GetValueOrDefault("weights") switch
        {
            null when members.ContainsKey("eval_loss") => Weights(file, members.Where(member => member.Key is not ("strategy" or "gap"))),
            null => null,
            YamlMappingNode mapping => Weights(file, Scalars(mapping)),
            var other => throw Wrong(file, "weights: is a mapping of names to numbers", other),
        };
        var gap = members.GetValueOrDefault("gap") switch
        {
            null => GapMode.OneSided,
            YamlScalarNode { Value: "one-sided" } => GapMode.OneSided,
            YamlScalarNode { Value: "two-sided" } => GapMode.TwoSided,
            var other => throw Wrong(file, $"gap: is one-sided or two-sided, not '{other}'", other),
        };
        if (strategy is not null and not MultiMetricStrategy)
            return weights is null ? strategy : throw Wrong(file, $"weights: belong to the strategy multi-metric, not to '{strategy.Name}'", members.GetValueOrDefault("weights"));
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
            throw new UsageException($"{file}: line {exception.Start.Line}: {exception.Message}");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{file}'.");
        }
    }

    private static IEnumerable<KeyValuePair<string, YamlNode>> Scalars(YamlMappingNode mapping) =>
        mapping.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), child.Value));

    private static ScoreWeights Weights(string file, IEnumerable<KeyValuePair<string, YamlNode>> members)
    {
        KeyValuePair<string, YamlNode>[] all = [.. members];
        // One by one first, so that the message can name the line.
        foreach (var (name, node) in all)
            if (!ScoreWeightsParser.TryMake([(name, node.ToString())], out _, out var wrong))
                throw Wrong(file, wrong, node);

        return ScoreWeightsParser.TryMake(all.Select(member => (member.Key, member.Value.ToString())), out var weights, out var error)
            ? weights
            : throw Wrong(file, error, all.Length == 0 ? null : all[0].Value);
    }

    private static UsageException Wrong(string file, string what, YamlNode? at = null) => new($"{file}: {(at is null ? "" : $"line {at.Start.Line}: ")}{what}");
}
