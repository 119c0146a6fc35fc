using Podium.Checkpoints.Sweeps;
using Podium.Cli.Output;

namespace Podium.Cli.Rankings;

/// <summary>A ranking across runs as JSON.</summary>
internal static class SweepJson
{
    public static void Write(RankedFolders read, SweepRanking sweep)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("strategy", read.Folders is [var first, ..] ? first.Chosen.Strategy.Name : null);
        writer.WriteString("recommended", sweep.Recommended?.Path);
        writer.WriteStartArray("groups");
        foreach (var group in sweep.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("recommended", group.Best.Path);
            writer.WriteString("differs_because", group.DiffersBecause);
            writer.WriteStartArray("differing_settings");
            foreach (var name in group.DifferingSettings) writer.WriteStringValue(name);
            writer.WriteEndArray();
            writer.WriteStartArray("runs");
            foreach (var run in group.Runs) WriteRun(writer, run);
            writer.WriteEndArray();
            writer.WriteStartArray("checkpoints");
            foreach (var checkpoint in group.Checkpoints)
            {
                writer.WriteStartObject();
                writer.WriteString("folder", checkpoint.Run.Folder.Folder.Path);
                writer.WriteNumber("rank_across", checkpoint.Rank);
                RankingJson.WriteCheckpoint(writer, checkpoint.Ranked);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("not_ranked");
        foreach (var run in sweep.Refused)
        {
            writer.WriteStartObject();
            writer.WriteString("folder", run.Folder.Folder.Path);
            writer.WriteString("error", run.Ranking.Refusal?.Message ?? "no checkpoint has a finite score");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRun(System.Text.Json.Utf8JsonWriter writer, SweepRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("folder", run.Folder.Folder.Path);
        writer.WriteString("best_checkpoint", run.Ranking.Best?.Checkpoint.Path);
        writer.WriteStartObject("evaluation_set");
        writer.WriteFinite("samples", run.EvaluationSet.Samples is { } samples ? Math.Round(samples) : null);
        writer.WriteStartArray("metrics");
        foreach (var metric in run.EvaluationSet.Metrics) writer.WriteStringValue(metric);
        writer.WriteEndArray();
        writer.WriteString("tokenizer_sha256", run.EvaluationSet.Tokenizer);
        writer.WriteEndObject();
        writer.WriteStartObject("settings");
        foreach (var (name, value) in run.Settings.Values) writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
