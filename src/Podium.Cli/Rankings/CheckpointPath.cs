using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Rankings;

/// <summary>Prints the path of one checkpoint, usable from where the command was typed.</summary>
internal static class CheckpointPath
{
    public static void Write(RankedFolder folder, RankedCheckpoint? ranked, OutputFormat format) =>
        Write(ranked is null ? null : Path.Combine(folder.Path, ranked.Checkpoint.Path), ranked, format);

    /// <summary>There is none: JSON is printed all the same.</summary>
    public static void WriteNone(OutputFormat format)
    {
        if (format == OutputFormat.Json) Write((string?)null, null, format);
    }

    public static void Write(string? path, RankedCheckpoint? ranked, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                using (var json = JsonDocumentWriter.ToStandardOutput())
                {
                    json.Writer.WriteStartObject();
                    json.Writer.WriteString("path", path);
                    json.Writer.WriteWhole("step", ranked?.Checkpoint.Step);
                    json.Writer.WriteFinite("score", ranked?.Score);
                    json.Writer.WriteEndObject();
                }

                break;
            case OutputFormat.Table:
                if (path is not null) Terminal.Out.WriteLine(path);
                break;
            default:
                var table = new ResultTable(new ResultColumn("path", "path"), new ResultColumn("step", "step", IsNumber: true), new ResultColumn("score", "score", IsNumber: true));
                if (path is not null) table.Add(Ink.Plain, path, ranked!.Checkpoint.Step, Cell.Of(ranked.Score, Numbers.Loss));
                table.Write(format);
                break;
        }
    }
}
