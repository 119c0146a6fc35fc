using System.CommandLine;
using Podium.Analysis;
using Podium.Checkpoints.Sweeps;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Cli.Rankings;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Cli.Comparisons;

/// <summary><c>podium compare</c>: runs side by side, one line each, with the best of each metric and not the last.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var command = new Command("compare", "Puts runs side by side: what each recommends, its losses, and the settings in which they differ.") { folders };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var read = RankedFolders.Read(result.GetValue(folders)!, options, result);
            Write(read, options.Format(result));
            return read.ExitCode;
        });
        return command.WithExamples(
            ("Two runs", "podium compare runs/lr-1e-4 runs/lr-5e-5"),
            ("All runs below a folder", "podium compare sweeps/ --format markdown"));
    }

    private static void Write(RankedFolders read, OutputFormat format)
    {
        Line[] lines = [.. read.Folders.Where(folder => folder.Ranking.Runs.Count > 0).Select(Line.Of)];
        lines = [.. lines.Select(line => line with { DiffersBecause = line == lines[0] ? null : line.Set.DifferenceFrom(lines[0].Set) })];
        var differing = RunSettings.Differing([.. lines.Select(line => line.Settings)]);
        if (format == OutputFormat.Json)
        {
            WriteJson(lines, differing);
            RankingReport.WriteRefusals(read);
            return;
        }

        if (lines.Length == 0) return;
        ToTable(lines, differing).Write(format);
        var words = format == OutputFormat.Table ? Terminal.Out : Terminal.Err;
        foreach (var line in lines.Where(line => line.DiffersBecause is not null))
            words.WriteProse($"! {line.Folder.Path} cannot be compared with {lines[0].Folder.Path}: it {line.DiffersBecause}.", Ink.Attention);
        RankingReport.WriteRefusals(read);
    }

    private static ResultTable ToTable(Line[] lines, IReadOnlyList<string> differing)
    {
        ResultColumn[] columns =
        [
            new("run", "folder", GivesWay: true),
            new("recommended", "recommended"),
            new("eval_loss", "eval_loss", IsNumber: true),
            new("score", "score", IsNumber: true),
            new("lowest", "lowest_eval_loss", IsNumber: true, Dispensable: 53),
            new("gap", "gap", IsNumber: true, Dispensable: 54),
            new("trend", "loss_trend", Dispensable: 55),
            new("evals", "evaluations", IsNumber: true, Dispensable: 56),
            // What a sweep is about: the first one always stays.
            .. differing.Select((name, i) => new ResultColumn(name, name, IsNumber: true, Dispensable: i)),
        ];
        var table = new ResultTable(columns);
        var best = lines.Where(line => line.DiffersBecause is null).MinBy(line => line.Folder.Ranking.Recommended?.Score ?? double.PositiveInfinity);
        foreach (var line in lines)
        {
            var recommended = line.Folder.Ranking.Recommended;
            table.Add(
                line == best && recommended is not null ? Ink.Best : Ink.Plain,
                [
                    line.Folder.Path,
                    recommended is null ? "–" : line == best ? $"★ {recommended.Checkpoint.Path}" : recommended.Checkpoint.Path,
                    Cell.Of(recommended?.Loss?.Value, Numbers.Loss),
                    Cell.Of(recommended?.Score, Numbers.Loss),
                    Cell.Of(line.Lowest?.Value, Numbers.Loss),
                    Cell.Of(recommended?.Loss is { } loss ? LossGap.At(loss)?.Relative : null, Numbers.Percent),
                    line.Trend.Spelling(),
                    line.Evaluations,
                    .. differing.Select(name => (Cell)(line.Settings.Values.GetValueOrDefault(name) ?? "")),
                ]);
        }

        return table;
    }

    private static void WriteJson(Line[] lines, IReadOnlyList<string> differing)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("runs");
        foreach (var line in lines)
        {
            var recommended = line.Folder.Ranking.Recommended;
            writer.WriteStartObject();
            writer.WriteString("folder", line.Folder.Path);
            writer.WriteString("strategy", line.Folder.Chosen.Strategy.Name);
            writer.WriteString("recommended", recommended?.Checkpoint.Path);
            writer.WriteFinite("eval_loss", recommended?.Loss?.Value);
            writer.WriteFinite("train_loss", recommended?.Loss?.TrainLoss);
            writer.WriteFinite("score", recommended?.Score);
            writer.WriteFinite("lowest_eval_loss", line.Lowest?.Value);
            writer.WriteWhole("lowest_eval_loss_step", line.Lowest?.Step);
            writer.WriteString("loss_trend", line.Trend.Spelling());
            writer.WriteNumber("evaluations", line.Evaluations);
            writer.WriteString("not_comparable_because", line.DiffersBecause);
            writer.WriteStartObject("settings");
            foreach (var (name, value) in line.Settings.Values) writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("differing_settings");
        foreach (var name in differing) writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private sealed record Line(RankedFolder Folder, Evaluation? Lowest, LossTrend Trend, int Evaluations, RunSettings Settings, EvaluationSet Set)
    {
        public string? DiffersBecause { get; init; }

        public static Line Of(RankedFolder folder)
        {
            var run = folder.Ranking.Folder.Runs[0];
            var evalLossKey = folder.Ranking.Runs[0].EvalLossKey ?? MetricKeys.EvalLoss;
            var evaluations = EvaluationTimeline.From(run.Run.History, evalLossKey).Evaluations;
            Evaluation? lowest = evaluations.Any(evaluation => evaluation.IsFinite) ? evaluations.Where(evaluation => evaluation.IsFinite).MinBy(evaluation => evaluation.Value) : null;
            return new Line(
                folder,
                lowest,
                LossTrends.Of(run.Run.History, evalLossKey),
                evaluations.Count,
                RunSettings.Of(folder.Ranking.Folder, run),
                EvaluationSet.Of(folder.Ranking.Folder, run));
        }
    }
}
