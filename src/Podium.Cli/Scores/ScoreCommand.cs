using System.CommandLine;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Scoring;

namespace Podium.Cli.Scores;

/// <summary><c>podium score</c>: the multi-metric score of bare numbers.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var evalLoss = new Option<double>("--eval-loss", "-e") { Description = "The evaluation loss, in nats per token.", Required = true, HelpName = "E", CustomParser = NumberOptions.Loss };
        var trainLoss = new Option<double?>("--train-loss", "-t") { Description = "The training loss before it. Without: no overfitting penalty.", HelpName = "T", CustomParser = static result => NumberOptions.Loss(result) };
        var withoutImprovement = new Option<int>("--epochs-without-improvement", "-n")
        {
            Description = "How many evaluations in a row did not improve; 0: this one improved. Default: 1 (not known).",
            DefaultValueFactory = static _ => 1,
            HelpName = "N",
            CustomParser = NumberOptions.Count,
        };
        var weights = new Option<string?>("--weights", "-w") { Description = $"Weights: {ScoreWeightsParser.Syntax}, or four numbers.", HelpName = "WEIGHTS" };
        var format = RankingOptions.FormatOption();
        var command = new Command("score", "Scores one evaluation: 0.5·E + 0.3·overfitting + 0.1·perplexity − 0.1·improvement; lower is better.")
        {
            evalLoss, trainLoss, withoutImprovement, weights, format,
        };
        command.SetAction(result =>
        {
            var read = ScoreWeights.Default;
            if (result.GetValue(weights) is { } text && !ScoreWeightsParser.TryParse(text, out read, out var error)) throw new UsageException($"--weights: {error}");
            var components = new MultiMetricScorer(read).Score(result.GetValue(evalLoss), result.GetValue(trainLoss), result.GetValue(withoutImprovement));
            Write(components, result.GetValue(format));
            return double.IsFinite(components.Total) ? ExitCode.Done : ExitCode.NothingToRecommend;
        });
        return command.WithExamples(
            ("An improving evaluation", "podium score --eval-loss 0.50 --train-loss 0.45 --epochs-without-improvement 0"),
            ("For a program", "podium score --eval-loss 0.40 --train-loss 0.10 --format json"));
    }

    private static void Write(ScoreComponents components, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            using var json = JsonDocumentWriter.ToStandardOutput();
            json.Writer.WriteStartObject();
            json.Writer.WriteFinite("score", components.Total);
            json.Writer.WriteStartObject("components");
            foreach (var (name, value) in Parts(components)) json.Writer.WriteFinite(name, value);
            json.Writer.WriteEndObject();
            json.Writer.WriteEndObject();
            return;
        }

        var table = new ResultTable(new ResultColumn("part", "part"), new ResultColumn("adds", "value", IsNumber: true));
        foreach (var (name, value) in Parts(components)) table.Add(Ink.Plain, name, Cell.Of(value, Numbers.Loss));
        table.Add(Ink.Best, "score", Cell.Of(components.Total, Numbers.Loss));
        table.Write(format);
    }

    private static (string Name, double Value)[] Parts(ScoreComponents components) =>
    [
        ("eval_loss", components.EvalLoss),
        ("overfitting", components.Overfitting),
        ("perplexity", components.Perplexity),
        ("improvement", components.Improvement),
    ];
}
