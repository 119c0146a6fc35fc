using System.Globalization;
using Podium.Checkpoints.Retention;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Retention;

/// <summary>What becomes of each checkpoint, as a table.</summary>
internal static class PruneTable
{
    private static readonly ResultColumn[] Columns =
    [
        new("", "action"),
        new("checkpoint", "path", GivesWay: true),
        new("step", "step", IsNumber: true, Dispensable: 9),
        new("state", "state", Dispensable: 8),
        new("size", "size_bytes", IsNumber: true, Dispensable: 7),
        new("frees", "frees_bytes", IsNumber: true),
        new("why", "reasons"),
    ];

    /// <summary>For people: what stays first, then what goes.</summary>
    public static ResultTable Of(PrunedFolder folder)
    {
        var table = new ResultTable(Columns);
        foreach (var decision in folder.Survey.Plan.Decisions.OrderBy(decision => decision.Action != RetentionAction.Keep))
            table.Add(decision.Action == RetentionAction.Keep ? Ink.Plain : Ink.Attention, Row(folder, decision));

        return table;
    }

    /// <summary>All folders in one table, for spreadsheets.</summary>
    public static ResultTable Of(List<PrunedFolder> folders)
    {
        var table = new ResultTable([new("folder", "folder"), new("runs", "runs"), .. Columns]);
        foreach (var folder in folders)
            foreach (var decision in folder.Survey.Plan.Decisions)
                table.Add(Ink.Plain, [folder.Path, string.Join(' ', decision.Runs), .. Row(folder, decision)]);

        return table;
    }

    public static string Spelling(RetentionAction action) => action switch
    {
        RetentionAction.Keep => "keep",
        RetentionAction.Delete => "delete",
        _ => "strip",
    };

    public static Cell Bytes(long bytes) => new(Numbers.Bytes(bytes), bytes.ToString(CultureInfo.InvariantCulture));

    private static Cell[] Row(PrunedFolder folder, RetentionDecision decision) =>
    [
        Spelling(decision.Action),
        decision.Path,
        decision.Step is { } step ? step : "",
        // The usual state says nothing; a spreadsheet wants every cell filled.
        new Cell(decision.State == CheckpointState.Complete ? "" : decision.State.Spelling(), decision.State.Spelling()),
        Bytes(decision.SizeBytes),
        folder.Survey.FreesByPath.TryGetValue(decision.Path, out var frees) ? Bytes(frees) : new Cell("", "0"),
        string.Join(", ", decision.Reasons),
    ];
}
