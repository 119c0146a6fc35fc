using System.Text.Json;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Verification;

/// <summary>What was found, as JSON. Programs read these names: they never change, and fields are only added.</summary>
internal static class VerificationJson
{
    public static void Write(IReadOnlyList<VerifiedFolder> folders, bool isTree)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        if (!isTree && folders is [var only])
        {
            WriteFolder(json.Writer, only);
            return;
        }

        json.Writer.WriteStartObject();
        json.Writer.WriteStartArray("folders");
        foreach (var folder in folders) WriteFolder(json.Writer, folder);
        json.Writer.WriteEndArray();
        json.Writer.WriteEndObject();
    }

    private static void WriteFolder(Utf8JsonWriter writer, VerifiedFolder folder)
    {
        writer.WriteStartObject();
        writer.WriteString("folder", folder.Folder);
        writer.WriteStartObject("counts");
        foreach (var (state, count) in folder.Counts()) writer.WriteNumber(state.Spelling(), count);
        writer.WriteEndObject();
        writer.WriteStartArray("checkpoints");
        foreach (var checkpoint in folder.Checkpoints) WriteCheckpoint(writer, checkpoint);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteCheckpoint(Utf8JsonWriter writer, VerifiedCheckpoint checkpoint)
    {
        var verification = checkpoint.Verification;
        writer.WriteStartObject();
        writer.WriteString("path", checkpoint.Path);
        writer.WriteWhole("step", checkpoint.Step);
        writer.WriteString("state", verification.State.Spelling());
        writer.WriteBoolean("resumable", verification.IsResumable);
        writer.WriteWhole("size_bytes", checkpoint.SizeBytes);
        writer.WriteStartArray("faults");
        foreach (var fault in verification.Faults)
        {
            writer.WriteStartObject();
            writer.WriteString("file", fault.Path);
            writer.WriteString("message", fault.Message);
            writer.WriteWhole("offset", fault.Offset);
            writer.WriteBoolean("ended_early", fault.EndedEarly);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("remedy", verification.Remedy);
        writer.WriteStartArray("notes");
        foreach (var note in verification.Notes) writer.WriteStringValue(note);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
