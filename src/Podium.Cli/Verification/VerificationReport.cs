using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Verification;

/// <summary>What was found in the checkpoints of some folders, for people, spreadsheets and programs.</summary>
internal static class VerificationReport
{
    private static readonly ResultColumn[] Columns =
    [
        new("checkpoint", "path", GivesWay: true),
        new("step", "step", IsNumber: true, Dispensable: 9),
        new("state", "state"),
        new("resumable", "resumable", Dispensable: 5),
        new("size", "size_bytes", IsNumber: true, Dispensable: 8),
    ];

    public static void Write(IReadOnlyList<VerifiedFolder> folders, bool isTree, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                VerificationJson.Write(folders, isTree);
                break;
            case OutputFormat.Table:
                foreach (var folder in folders) Write(folder);
                break;
            default:
                var table = new ResultTable([new ResultColumn("folder", "folder"), .. Columns, new ResultColumn("what is wrong", "fault")]);
                foreach (var folder in folders)
                    foreach (var checkpoint in folder.Checkpoints)
                        table.Add(Ink.Plain, [folder.Folder, .. Row(checkpoint), string.Join("; ", checkpoint.Verification.Faults)]);
                table.Write(format);
                break;
        }
    }

    private static void Write(VerifiedFolder folder)
    {
        var screen = Terminal.Out;
        screen.WriteProse(folder.Folder, Ink.Quiet);
        screen.WriteLine();
        var table = new ResultTable(Columns);
        foreach (var checkpoint in folder.Checkpoints) table.Add(InkOf(checkpoint), Row(checkpoint));
        table.WriteTable(screen);
        screen.WriteLine();

        foreach (var checkpoint in folder.Checkpoints)
        {
            foreach (var fault in checkpoint.Verification.Faults) screen.WriteProse($"{checkpoint.Path}: {fault}", Ink.Attention, indent: 2, mark: "! ");
            if (checkpoint.Verification.Remedy is { } remedy) screen.WriteProse($"{checkpoint.Path}: whole weights are made by: {remedy}", indent: 2, mark: "- ");
        }

        WriteNotes(screen, folder);
        screen.WriteProse($"{string.Join(", ", folder.Counts().Select(count => $"{count.Count} {count.State.Spelling()}"))}.", folder.HasDamage ? Ink.Error : Ink.Best);
        screen.WriteLine();
    }

    /// <summary>Most notes are the same for all checkpoints of a run: each is said once.</summary>
    private static void WriteNotes(Screen screen, VerifiedFolder folder)
    {
        foreach (var note in folder.Checkpoints.SelectMany(checkpoint => checkpoint.Verification.Notes.Select(text => (Text: text, checkpoint.Path))).GroupBy(note => note.Text, note => note.Path, StringComparer.Ordinal))
        {
            string[] paths = [.. note];
            var which = paths.Length == folder.Checkpoints.Count ? "all" : paths.Length <= 2 ? string.Join(" and ", paths) : $"{paths[0]}, {paths[1]} and {paths.Length - 2} more";
            screen.WriteProse($"{which}: {note.Key}", indent: 2, mark: "- ");
        }
    }

    private static Cell[] Row(VerifiedCheckpoint checkpoint) =>
    [
        checkpoint.Path,
        checkpoint.Step is { } step ? step : "",
        checkpoint.Verification.State.Spelling(),
        new Cell(checkpoint.Verification.IsResumable ? "yes" : "", checkpoint.Verification.IsResumable ? "true" : "false"),
        checkpoint.SizeBytes is { } size ? new Cell(Numbers.Bytes(size), size.ToString(System.Globalization.CultureInfo.InvariantCulture)) : "",
    ];

    private static Ink InkOf(VerifiedCheckpoint checkpoint) => checkpoint.Verification.State switch
    {
        CheckpointState.Complete => Ink.Plain,
        CheckpointState.Damaged or CheckpointState.Incomplete => Ink.Error,
        _ => Ink.Attention,
    };
}
