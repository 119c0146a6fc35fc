using System.CommandLine;
using Podium.Analysis;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Cli.Rankings;
using Podium.Histories;
using Podium.Ranking;
using Podium.Robustness;

namespace Podium.Cli.Explanations;

/// <summary><c>podium explain</c>: why this one, how firm that is, and what the other strategies say.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var folder = DirectoryArguments.One();
        var checkpoint = new Argument<string?>("CHECKPOINT")
        {
            Description = "A checkpoint's folder name or its step. Default: the recommended one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("explain", "Draws the losses of a run and says why a checkpoint stands where it stands.") { folder, checkpoint };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var typed = result.GetValue(folder)!;
            if (RankedFolders.ReadSingle(typed, options, result) is { } read)
                return Explain(read, result.GetValue(checkpoint), options.Format(result));

            if (options.Format(result) == OutputFormat.Json) ExplanationJson.WriteNothing(typed);
            return ExitCode.NothingToRecommend;
        });
        return command.WithExamples(
            ("Why the recommended one?", "podium explain ./outputs"),
            ("Why not this one?", "podium explain ./outputs checkpoint-500"));
    }

    private static int Explain(RankedFolder folder, string? wanted, OutputFormat format)
    {
        var (run, ranked) = wanted is null
            ? (folder.Ranking.Runs is [var newest, ..] ? newest : null, folder.Ranking.Recommended)
            : Find(folder, wanted);
        if (run is null || ranked is null)
        {
            RankingReport.WriteRefusals(new RankedFolders([folder], IsTree: false));
            if (format == OutputFormat.Json) ExplanationJson.Write(folder, run, null);
            return folder.ExitCode;
        }

        if (format == OutputFormat.Json) ExplanationJson.Write(folder, run, ranked);
        else if (format == OutputFormat.Table) Write(folder, run, ranked);
        else StrategyTable.Of(StrategyComparison.Of(run)).Write(format);
        return ExitCode.Done;
    }

    private static (RunRanking?, RankedCheckpoint?) Find(RankedFolder folder, string wanted)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(wanted));
        foreach (var run in folder.Ranking.Runs)
        {
            var found = run.Checkpoints.FirstOrDefault(ranked => ranked.Checkpoint.Path == wanted || ranked.Checkpoint.Path == name)
                ?? run.Checkpoints.FirstOrDefault(ranked => wanted == ranked.Checkpoint.Step.ToString());
            if (found is not null) return (run, found);
        }

        var there = folder.Ranking.Runs.SelectMany(run => run.Checkpoints).Select(ranked => ranked.Checkpoint).Distinct().OrderBy(checkpoint => checkpoint.Step).Select(checkpoint => checkpoint.Path).ToArray();
        throw new UsageException($"There is no checkpoint '{wanted}' in {folder.Path}. There {(there.Length == 1 ? "is" : "are")}: {string.Join(", ", there.Take(12))}{(there.Length > 12 ? ", …" : "")}.");
    }

    private static void Write(RankedFolder folder, RunRanking run, RankedCheckpoint ranked)
    {
        var console = Terminal.Out;
        console.WriteProse($"{Path.Combine(folder.Path, ranked.Checkpoint.Path)} · strategy {run.Strategy.Name}{(folder.Chosen.From is "default" ? "" : $" (from {folder.Chosen.From})")}", Ink.Quiet);
        console.WriteLine();
        LossChart.Write(console, run, ranked);

        console.WriteProse(ranked.IsBest ? $"★ Why {ranked.Checkpoint.Path}" : $"Why not {ranked.Checkpoint.Path}", Ink.Best);
        foreach (var reason in RankingReasons.For(run, ranked)) console.WriteProse(reason.Message, indent: 2, mark: "- ");
        console.WriteProse(Trend(run), indent: 2, mark: "- ");
        console.WriteLine();

        if (ranked.Parts.Count > 1) ScoreParts.Write(console, run, ranked);
        var comparison = StrategyComparison.Of(run);
        if (comparison.Picks.Count > 0)
        {
            console.WriteProse(comparison.Disagree ? "The strategies disagree. What each picks, and what that gives up:" : "All strategies pick the same checkpoint:");
            StrategyTable.Of(comparison).WriteTable(console);
            console.WriteLine();
        }

        foreach (var warning in run.Warnings) console.WriteProse(warning.Message, Ink.Attention, indent: 2, mark: "! ");
    }

    private static string Trend(RunRanking run)
    {
        var evalLossKey = run.EvalLossKey ?? MetricKeys.EvalLoss;
        var evaluations = Podium.Evaluations.EvaluationTimeline.From(run.Run.History, evalLossKey).Evaluations;
        var trend = LossTrends.Of(run.Run.History, evalLossKey) switch
        {
            LossTrend.Improving => "The evaluation loss was still falling at the end of the history: training longer may help.",
            LossTrend.Degrading => "The evaluation loss was rising at the end of the history.",
            LossTrend.Stable => "The evaluation loss was flat at the end of the history.",
            _ => "There are too few evaluations to tell a trend.",
        };
        return LossGap.OverfittingFrom(evaluations) is { } from
            ? $"{trend} From step {from.Step} on it rose while the training loss went on falling: overfitting."
            : trend;
    }
}
