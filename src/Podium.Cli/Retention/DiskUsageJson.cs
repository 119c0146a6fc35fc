using System.Text.Json;
using Podium.Checkpoints.Retention;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Retention;

/// <summary>Where disk space went as JSON. Programs read these names: they never change, and fields are only added.</summary>
internal static class DiskUsageJson
{
    public static void Write(List<UsedFolder> used)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteStartArray("folders");
        foreach (var folder in used) WriteFolder(writer, folder);
        writer.WriteEndArray();
        writer.WriteNumber("size_bytes", used.Sum(folder => folder.Usage.SizeBytes));
        WriteFrees(writer, [.. used.Select(folder => folder.Usage)]);
        writer.WriteEndObject();
    }

    private static void WriteFolder(Utf8JsonWriter writer, UsedFolder folder)
    {
        var usage = folder.Usage;
        writer.WriteStartObject();
        writer.WriteString("folder", folder.Path);
        writer.WriteStartArray("checkpoints");
        foreach (var checkpoint in usage.Checkpoints)
        {
            writer.WriteStartObject();
            writer.WriteString("path", checkpoint.Path);
            writer.WriteWhole("step", checkpoint.Step);
            writer.WriteStartArray("runs");
            foreach (var run in checkpoint.Runs) writer.WriteNumberValue(run);
            writer.WriteEndArray();
            writer.WriteString("state", checkpoint.State.Spelling());
            writer.WriteNumber("weights_bytes", checkpoint.WeightsBytes);
            writer.WriteNumber("training_state_bytes", checkpoint.TrainingStateBytes);
            writer.WriteNumber("other_bytes", checkpoint.OtherBytes);
            writer.WriteNumber("size_bytes", checkpoint.SizeBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("runs");
        for (var run = 1; run <= usage.Prune.Plan.Ranking.Runs.Count; run++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("run", run);
            writer.WriteNumber("size_bytes", usage.Checkpoints.Where(checkpoint => checkpoint.Runs.Contains(run)).Sum(checkpoint => checkpoint.SizeBytes));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("kept_bytes", usage.KeptBytes);
        writer.WriteNumber("logs_bytes", usage.LogsBytes);
        writer.WriteNumber("trash_bytes", usage.TrashBytes);
        writer.WriteNumber("other_bytes", usage.OtherBytes);
        writer.WriteNumber("size_bytes", usage.SizeBytes);
        WriteFrees(writer, [usage]);
        writer.WriteString("prune_refused", usage.Prune.Refusal?.Message);
        writer.WriteEndObject();
    }

    private static void WriteFrees(Utf8JsonWriter writer, DiskUsage[] usages)
    {
        writer.WriteStartObject("frees");
        writer.WriteNumber("prune_bytes", usages.Sum(usage => usage.Prune.FreesBytes));
        writer.WriteNumber("strip_training_state_bytes", usages.Sum(usage => usage.Strip.FreesBytes));
        writer.WriteNumber("trash_bytes", usages.Sum(usage => usage.Prune.Trash.Sum(left => left.FreesBytes)));
        writer.WriteEndObject();
    }
}
