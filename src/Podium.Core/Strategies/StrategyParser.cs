using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Podium.Metrics;
using Podium.Scoring;

namespace Podium.Strategies;

/// <summary>Reads the names of strategies as people write them.</summary>
public static class StrategyParser
{
    /// <summary>How a strategy is written, for messages and help.</summary>
    public const string Syntax = "multi-metric, eval-loss, plateau[:10%], trainer, metric:NAME[:min|max]";

    /// <summary>Reads a strategy's name, e.g. <c>plateau:5%</c> or <c>metric:eval_wer:min</c>.</summary>
    /// <param name="text">The name; upper and lower case are the same but in a metric's name.</param>
    /// <param name="strategy">The strategy. A <see cref="MultiMetricStrategy"/> counts as asked for by name.</param>
    /// <param name="error">What is wrong and what would be right; empty where nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Strategy? strategy, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, argument) = Split(text.Trim());
        (strategy, error) = name.ToUpperInvariant() switch
        {
            "MULTI-METRIC" when argument is null => (new MultiMetricStrategy(MultiMetricScorer.Default, AskedFor: true), ""),
            "EVAL-LOSS" when argument is null => (new EvalLossStrategy(), ""),
            "TRAINER" when argument is null => (new TrainerStrategy(), ""),
            "PLATEAU" => Plateau(argument),
            "METRIC" => Metric(argument),
            _ => ((Strategy?)null, $"'{text}' is no strategy. The strategies are: {Syntax}."),
        };
        return strategy is not null;
    }

    private static (Strategy?, string) Plateau(string? argument)
    {
        if (argument is null) return (new PlateauStrategy(), "");
        var percent = argument.EndsWith('%');
        return double.TryParse(percent ? argument[..^1] : argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            && (percent ? share / 100 : share) is >= 0 and <= 1 and var value
            ? (new PlateauStrategy(value), "")
            : (null, $"'{argument}' is no share for a plateau. Give 0% to 100%, e.g. plateau:10%.");
    }

    private static (Strategy?, string) Metric(string? argument)
    {
        if (string.IsNullOrEmpty(argument)) return (null, "metric: needs a name, e.g. metric:eval_wer:min.");
        var colon = argument.LastIndexOf(':');
        var direction = colon < 0 ? null : argument[(colon + 1)..].ToUpperInvariant() switch
        {
            "MIN" => MetricDirection.Minimize,
            "MAX" => MetricDirection.Maximize,
            _ => (MetricDirection?)null,
        };
        return colon > 0 && direction is null
            ? (null, $"'{argument[(colon + 1)..]}' is no direction. Write metric:{argument[..colon]}:min or metric:{argument[..colon]}:max.")
            : colon == 0 ? (null, "metric: needs a name, e.g. metric:eval_wer:min.")
            : (new MetricStrategy(colon < 0 ? argument : argument[..colon], direction), "");
    }

    private static (string Name, string? Argument) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
