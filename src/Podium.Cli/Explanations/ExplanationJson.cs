using Podium.Cli.Output;
using Podium.Cli.Rankings;
using Podium.Ranking;
using Podium.Robustness;

namespace Podium.Cli.Explanations;

/// <summary>An explanation as JSON: the checkpoint as <c>rank</c> prints it, the reasons, how firm the choice is, and what other strategies pick.</summary>
internal static class ExplanationJson
{
    public static void Write(RankedFolder folder, RunRanking? run, RankedCheckpoint? ranked)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString("folder", folder.Path);
        writer.WriteString("strategy", folder.Chosen.Strategy.Name);
        writer.WriteString("strategy_from", folder.Chosen.From);
        if (ranked is null)
        {
            writer.WriteNull("checkpoint");
        }
        else
        {
            writer.WriteStartObject("checkpoint");
            RankingJson.WriteCheckpoint(writer, ranked);
            writer.WriteEndObject();
        }

        if (run is not null)
        {
            RankingJson.WriteNotes(writer, "reasons", ranked is null ? [] : RankingReasons.For(run, ranked));
            WriteRobustness(writer, run);
            RankingJson.WriteStrategies(writer, run);
            RankingJson.WriteNotes(writer, "warnings", run.Refusal is { } refusal ? [new RankingNote(refusal.Code, refusal.Message), .. run.Warnings] : run.Warnings);
        }

        writer.WriteEndObject();
    }

    /// <summary>A folder in which there is no run to explain.</summary>
    public static void WriteNothing(string folder)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("folder", folder);
        json.Writer.WriteNull("checkpoint");
        json.Writer.WriteEndObject();
    }

    private static void WriteRobustness(System.Text.Json.Utf8JsonWriter writer, RunRanking run)
    {
        if (RankAcceptability.Of(run) is not { } acceptability)
        {
            writer.WriteNull("robustness");
            return;
        }

        writer.WriteStartObject("robustness");
        writer.WriteNumber("draws", RankAcceptability.Draws);
        writer.WriteFinite("best_stays_best", acceptability.ShareOf(run.Best!.Checkpoint.Path));
        writer.WriteStartArray("wins");
        foreach (var win in acceptability.Shares)
        {
            writer.WriteStartObject();
            writer.WriteString("path", win.Path);
            writer.WriteNumber("share", win.Share);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
