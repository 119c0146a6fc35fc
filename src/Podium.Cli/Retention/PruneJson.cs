using System.Text.Json;
using Podium.Checkpoints.Retention;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Retention;

/// <summary>What pruning does or would do as JSON. Programs read these names: they never change, and fields are only added.</summary>
internal static class PruneJson
{
    public static void Write(List<PrunedFolder> folders)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("folders");
        foreach (var folder in folders) WriteFolder(writer, folder);
        writer.WriteEndArray();
        writer.WriteNumber("frees_bytes", folders.Sum(folder => folder.FreesBytes));
        writer.WriteEndObject();
    }

    private static void WriteFolder(Utf8JsonWriter writer, PrunedFolder folder)
    {
        var survey = folder.Survey;
        writer.WriteStartObject();
        writer.WriteString("folder", folder.Path);
        writer.WriteString("strategy", folder.Chosen.Strategy.Name);
        writer.WriteString("strategy_from", folder.Chosen.From);
        writer.WriteBoolean("applied", folder.IsApplied);
        writer.WriteString("refused", folder.RefusalInWords);
        writer.WriteStartArray("runs");
        for (var run = 1; run <= survey.Plan.Ranking.Runs.Count; run++)
        {
            var totals = RunTotals.Of(folder, run);
            writer.WriteStartObject();
            writer.WriteNumber("run", run);
            writer.WriteNumber("kept", totals.Kept);
            writer.WriteNumber("deleted", totals.Deleted);
            writer.WriteNumber("stripped", totals.Stripped);
            writer.WriteNumber("frees_bytes", totals.FreesBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("checkpoints");
        foreach (var decision in survey.Plan.Decisions) WriteDecision(writer, folder, decision);
        writer.WriteEndArray();
        WriteTrash(writer, survey);
        writer.WriteStartArray("faults");
        foreach (var fault in folder.Outcome?.Faults ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("path", fault.Path);
            writer.WriteString("error", fault.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("frees_bytes", folder.FreesBytes);
        writer.WriteEndObject();
    }

    private static void WriteDecision(Utf8JsonWriter writer, PrunedFolder folder, RetentionDecision decision)
    {
        writer.WriteStartObject();
        writer.WriteString("path", decision.Path);
        writer.WriteWhole("step", decision.Step);
        writer.WriteStartArray("runs");
        foreach (var run in decision.Runs) writer.WriteNumberValue(run);
        writer.WriteEndArray();
        writer.WriteString("state", decision.State.Spelling());
        writer.WriteNumber("size_bytes", decision.SizeBytes);
        writer.WriteString("action", PruneTable.Spelling(decision.Action));
        writer.WriteBoolean("done", folder.Outcome is { } outcome && outcome.Done.Contains(decision.Path, StringComparer.Ordinal));
        writer.WriteStartArray("reasons");
        foreach (var reason in decision.Reasons) writer.WriteStringValue(reason);
        writer.WriteEndArray();
        writer.WriteNumber("frees_bytes", folder.Survey.FreesByPath.GetValueOrDefault(decision.Path));
        writer.WriteEndObject();
    }

    private static void WriteTrash(Utf8JsonWriter writer, PruneSurvey survey)
    {
        writer.WriteStartArray("trash");
        foreach (var left in survey.Trash)
        {
            writer.WriteStartObject();
            writer.WriteString("path", left.Path);
            writer.WriteNumber("size_bytes", left.SizeBytes);
            writer.WriteNumber("frees_bytes", left.FreesBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
