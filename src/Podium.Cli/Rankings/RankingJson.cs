using System.Text.Json;
using Podium.Cli.Output;
using Podium.Ranking;
using Podium.Robustness;
using Podium.Strategies;

namespace Podium.Cli.Rankings;

/// <summary>Rankings as JSON. Programs read these names: they never change, and fields are only added.</summary>
internal static class RankingJson
{
    public static void Write(RankedFolders read)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        if (read is { IsTree: false, Folders: [var only] })
        {
            WriteFolder(json.Writer, only);
            return;
        }

        json.Writer.WriteStartObject();
        json.Writer.WriteStartArray("folders");
        foreach (var folder in read.Folders) WriteFolder(json.Writer, folder);
        json.Writer.WriteEndArray();
        json.Writer.WriteEndObject();
    }

    public static void WriteFolder(Utf8JsonWriter writer, RankedFolder folder)
    {
        writer.WriteStartObject();
        writer.WriteString("folder", folder.Path);
        writer.WriteString("strategy", folder.Chosen.Strategy.Name);
        writer.WriteString("strategy_from", folder.Chosen.From);
        if (folder.Chosen.Strategy is MultiMetricStrategy { Scorer.Weights: var weights })
        {
            writer.WriteStartObject("weights");
            writer.WriteNumber("eval_loss", weights.EvalLoss);
            writer.WriteNumber("overfitting", weights.Overfitting);
            writer.WriteNumber("perplexity", weights.Perplexity);
            writer.WriteNumber("improvement", weights.Improvement);
            writer.WriteEndObject();
        }

        writer.WriteString("recommended", folder.Ranking.Recommended?.Checkpoint.Path);
        writer.WriteStartArray("runs");
        foreach (var run in folder.Ranking.Runs) WriteRun(writer, run);
        writer.WriteEndArray();
        writer.WriteStartArray("unreadable");
        foreach (var unreadable in folder.Ranking.Folder.Unreadable)
        {
            writer.WriteStartObject();
            writer.WriteString("path", unreadable.Path);
            writer.WriteString("error", unreadable.Fault.Message);
            writer.WriteString("file", unreadable.Fault.Path);
            writer.WriteWhole("line", unreadable.Fault.Line);
            writer.WriteWhole("offset", unreadable.Fault.Offset);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteNotes(writer, "warnings", folder.Ranking.Folder.Warnings);
        writer.WriteEndObject();
    }

    public static void WriteCheckpoint(Utf8JsonWriter writer, RankedCheckpoint ranked)
    {
        var checkpoint = ranked.Checkpoint;
        writer.WriteString("path", checkpoint.Path);
        writer.WriteNumber("step", checkpoint.Step);
        writer.WriteFinite("epoch", ranked.Epoch);
        writer.WriteWhole("eval_step", (ranked.Scored ?? ranked.Loss)?.Step);
        writer.WriteFinite("eval_loss", ranked.Loss?.Value);
        writer.WriteFinite("train_loss", ranked.Loss?.TrainLoss);
        writer.WriteWhole("epochs_without_improvement", ranked.Loss?.EpochsWithoutImprovement);
        writer.WriteFinite("score", ranked.Score);
        writer.WriteNumber("rank", ranked.Rank);
        writer.WriteStartObject("components");
        foreach (var part in ranked.Parts) writer.WriteFinite(part.Name, part.Value);
        writer.WriteEndObject();
        writer.WriteBoolean("is_best", ranked.IsBest);
        writer.WriteBoolean("is_latest", ranked.IsLatest);
        writer.WriteNumber("size_bytes", checkpoint.SizeBytes);
        if (checkpoint.CreatedAt is { } created) writer.WriteString("created_at", created.UtcDateTime);
        else writer.WriteNull("created_at");
        writer.WriteString("state", checkpoint.State.Spelling());
    }

    public static void WriteNotes(Utf8JsonWriter writer, string name, IEnumerable<RankingNote> notes)
    {
        writer.WriteStartArray(name);
        foreach (var note in notes)
        {
            writer.WriteStartObject();
            writer.WriteString("code", note.Code);
            writer.WriteString("message", note.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRun(Utf8JsonWriter writer, RunRanking run)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("checkpoints");
        foreach (var ranked in run.Checkpoints)
        {
            writer.WriteStartObject();
            WriteCheckpoint(writer, ranked);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("best_checkpoint", run.Best?.Checkpoint.Path);
        writer.WriteString("latest_checkpoint", run.Latest?.Checkpoint.Path);
        WriteBestEvaluation(writer, run.BestEvaluation);
        WriteNotes(writer, "reasons", run.Best is { } best ? RankingReasons.For(run, best) : []);
        WriteStrategies(writer, run);
        WriteNotes(writer, "warnings", run.Refusal is { } refusal ? [new RankingNote(refusal.Code, refusal.Message), .. run.Warnings] : run.Warnings);
        writer.WriteEndObject();
    }

    private static void WriteBestEvaluation(Utf8JsonWriter writer, ScoredEvaluation? best)
    {
        if (best is null)
        {
            writer.WriteNull("best_evaluation");
            return;
        }

        writer.WriteStartObject("best_evaluation");
        writer.WriteNumber("step", best.Step);
        writer.WriteFinite("eval_loss", best.EvalLoss);
        writer.WriteFinite("score", best.Score);
        writer.WriteEndObject();
    }

    /// <summary>What each strategy would pick, and what that costs in the others' terms.</summary>
    public static void WriteStrategies(Utf8JsonWriter writer, RunRanking run)
    {
        var comparison = StrategyComparison.Of(run);
        writer.WriteBoolean("strategies_disagree", comparison.Disagree);
        writer.WriteStartArray("strategies");
        foreach (var pick in comparison.Picks)
        {
            writer.WriteStartObject();
            writer.WriteString("strategy", pick.Strategy);
            writer.WriteString("metric", pick.Metric);
            writer.WriteString("best_checkpoint", pick.Path);
            writer.WriteNumber("step", pick.Step);
            writer.WriteFinite("eval_loss", pick.EvalLoss);
            writer.WriteStartArray("costs");
            foreach (var cost in pick.Costs)
            {
                writer.WriteStartObject();
                writer.WriteString("strategy", cost.Strategy);
                writer.WriteFinite("score", cost.Score);
                writer.WriteFinite("behind", cost.Behind);
                writer.WriteFinite("share", cost.Share);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
