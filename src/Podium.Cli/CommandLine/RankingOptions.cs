using System.CommandLine;
using Podium.Checkpoints.RunFolders;
using Podium.Cli.Output;
using Podium.Cli.Strategies;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Cli.CommandLine;

/// <summary>The options of every command that ranks.</summary>
internal sealed class RankingOptions
{
    private readonly Option<string?> _strategy = new Option<string?>("--strategy", "-s")
    {
        Description = $"How to rank: {StrategyParser.Syntax}, or a YAML file with weights. Default: PODIUM_STRATEGY, a podium.yaml at or above the folder, multi-metric.",
        HelpName = "STRATEGY",
    }.Proposing(ProposedWords.Strategies);

    private readonly Option<string?> _weights = new("--weights", "-w")
    {
        Description = $"Weights of the multi-metric score: {ScoreWeightsParser.Syntax}, or four numbers.",
        HelpName = "WEIGHTS",
    };

    private readonly Option<GapMode> _gap = new Option<GapMode>("--gap")
    {
        Description = "What counts as overfitting: an eval_loss above the training loss (one-sided), or any difference (two-sided).",
        HelpName = "one-sided|two-sided",
        CustomParser = static result => result.Tokens[0].Value switch
        {
            "one-sided" => GapMode.OneSided,
            "two-sided" => GapMode.TwoSided,
            var other => Reject(result, $"'{other}' is no gap. Give one-sided or two-sided."),
        },
    }.Proposing("one-sided", "two-sided");

    private readonly Option<string?> _evalLossKey = new("--eval-loss-key")
    {
        Description = "The metric that is the evaluation loss, where a run has several evaluation sets. Default: eval_loss.",
        HelpName = "METRIC",
    };

    private readonly Option<bool> _readAll = new("--read-all")
    {
        Description = "Read every state file whole, not only both ends of those that are not the longest of their run.",
    };

    private readonly Option<OutputFormat> _format = FormatOption();

    public OutputFormat Format(ParseResult result) => result.GetValue(_format);

    public string? EvalLossKey(ParseResult result) => result.GetValue(_evalLossKey);

    public ReadOptions ReadOptions(ParseResult result) => new() { ReadAll = result.GetValue(_readAll) };

    public RankingOptions AddTo(Command command)
    {
        foreach (var option in (Option[])[_strategy, _weights, _gap, _evalLossKey, _readAll, _format]) command.Options.Add(option);
        return this;
    }

    /// <summary>The strategy for a folder: what was asked for, or the default there.</summary>
    public ChosenStrategy StrategyFor(ParseResult result, string folder)
    {
        GapMode? gap = result.GetResult(_gap) is { Implicit: false } ? result.GetValue(_gap) : null;
        return StrategyChoice.For(folder, result.GetValue(_strategy), result.GetValue(_weights), gap);
    }

    public static Option<OutputFormat> FormatOption() => new Option<OutputFormat>("--format", "-f")
    {
        Description = "How to print: table, json, csv or markdown. JSON is for machines: data on stdout, words on stderr.",
        HelpName = "table|json|csv|markdown",
        DefaultValueFactory = static _ => OutputFormat.Table,
        CustomParser = static result => Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var format) && !char.IsAsciiDigit(result.Tokens[0].Value[0])
            ? format
            : Reject(result, $"'{result.Tokens[0].Value}' is no format. Give table, json, csv or markdown.", OutputFormat.Table),
    }.Proposing("table", "json", "csv", "markdown");

    private static GapMode Reject(System.CommandLine.Parsing.ArgumentResult result, string message) => Reject(result, message, GapMode.OneSided);

    private static T Reject<T>(System.CommandLine.Parsing.ArgumentResult result, string message, T value)
    {
        result.AddError(message);
        return value;
    }
}
