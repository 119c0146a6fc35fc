using System.Globalization;
using Podium.Checkpoints.Retention;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Retention;

/// <summary>Where the bytes of folders went, as a table.</summary>
internal static class DiskUsageTable
{
    private const int BarWidth = 10;

    private static readonly ResultColumn[] Columns =
    [
        new("checkpoint", "path", GivesWay: true),
        new("step", "step", IsNumber: true, Dispensable: 9),
        new("state", "state", Dispensable: 8),
        new("weights", "weights_bytes", IsNumber: true),
        new("training", "training_state_bytes", IsNumber: true),
        new("other", "other_bytes", IsNumber: true),
        new("total", "size_bytes", IsNumber: true),
        new("", "share", Dispensable: 7),
    ];

    public static ResultTable Of(DiskUsage usage)
    {
        var table = new ResultTable(Columns);
        Add(table, usage, []);
        return table;
    }

    /// <summary>All folders in one table, for spreadsheets.</summary>
    public static ResultTable Of(List<UsedFolder> used)
    {
        var table = new ResultTable([new("folder", "folder"), .. Columns]);
        foreach (var folder in used) Add(table, folder.Usage, [folder.Path]);
        return table;
    }

    private static void Add(ResultTable table, DiskUsage usage, Cell[] before)
    {
        foreach (var checkpoint in usage.Checkpoints)
        {
            table.Add(Ink.Plain,
            [
                .. before,
                checkpoint.Path,
                checkpoint.Step is { } step ? step : "",
                new Cell(checkpoint.State == CheckpointState.Complete ? "" : checkpoint.State.Spelling(), checkpoint.State.Spelling()),
                PruneTable.Bytes(checkpoint.WeightsBytes),
                PruneTable.Bytes(checkpoint.TrainingStateBytes),
                PruneTable.Bytes(checkpoint.OtherBytes),
                PruneTable.Bytes(checkpoint.SizeBytes),
                Share(checkpoint.SizeBytes, usage.SizeBytes),
            ]);
        }

        foreach (var (what, bytes) in new[] { ("kept copies", usage.KeptBytes), ("event files and logs", usage.LogsBytes), ("trash", usage.TrashBytes), ("other files", usage.OtherBytes) })
            if (bytes > 0)
                table.Add(Ink.Plain, [.. before, what, "", "", "", "", "", PruneTable.Bytes(bytes), Share(bytes, usage.SizeBytes)]);

        table.Add(Ink.Best,
        [
            .. before,
            "total",
            "",
            "",
            PruneTable.Bytes(usage.Checkpoints.Sum(checkpoint => checkpoint.WeightsBytes)),
            PruneTable.Bytes(usage.Checkpoints.Sum(checkpoint => checkpoint.TrainingStateBytes)),
            PruneTable.Bytes(usage.Checkpoints.Sum(checkpoint => checkpoint.OtherBytes)),
            PruneTable.Bytes(usage.SizeBytes),
            new Cell("", "1"),
        ]);
    }

    private static Cell Share(long bytes, long all)
    {
        var share = all == 0 ? 0 : (double)bytes / all;
        var bar = new string('█', (int)Math.Round(share * BarWidth, MidpointRounding.AwayFromZero));
        return new Cell($"{Numbers.Format(share, Numbers.Percent),7} {bar}".TrimEnd(), share.ToString("R", CultureInfo.InvariantCulture));
    }
}
