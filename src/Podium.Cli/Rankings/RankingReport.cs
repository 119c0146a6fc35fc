using Podium.Cli.Output;
using Podium.Ranking;
using Podium.Robustness;

namespace Podium.Cli.Rankings;

/// <summary>A ranking in words and a table, for people.</summary>
internal static class RankingReport
{
    private const int RowsOfTheNewestRun = 15;
    private const int RowsOfAnOlderRun = 5;

    public static readonly string[] LeftToExplain = ["improvement", "perplexity"];

    public static void Write(RankedFolder folder, bool all)
    {
        var console = Terminal.Out;
        var runs = folder.Ranking.Runs;
        console.WriteProse($"{folder.Path} · strategy {folder.Chosen.Strategy.Name}{(folder.Chosen.From is "default" ? "" : $" (from {folder.Chosen.From})")}", Ink.Quiet);
        console.WriteLine();
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs.Count > 1) console.WriteProse($"Run {i + 1} of {runs.Count}{(i == 0 ? ", saved last" : "")}: {Count(runs[i].Checkpoints.Count, "checkpoint")}", Ink.Quiet);
            WriteTable(runs[i], all ? int.MaxValue : i == 0 ? RowsOfTheNewestRun : RowsOfAnOlderRun);
        }

        if (folder.Ranking.Recommended is { } best) WriteChoice(runs[0], best);
        foreach (var warning in Warnings(folder)) console.WriteProse(warning.Message, Ink.Attention, indent: 2, mark: "! ");
        if (folder.Ranking.Recommended is null) WriteNothing(console, folder);
        else if (StrategyComparison.Of(runs[0]).Summary is { } disagreement) console.WriteProse($"{disagreement} See: podium explain {Shell.Quote(folder.Path)}", indent: 2);
        console.WriteLine();
    }

    /// <summary>Why there is nothing to recommend, and warnings, on stderr: stdout is the answer's alone.</summary>
    public static void WriteWords(RankedFolder folder)
    {
        if (folder.Ranking.Recommended is null) WriteNothing(Terminal.Err, folder);
        foreach (var warning in Warnings(folder)) Terminal.Err.WriteProse(warning.Message, Ink.Attention, mark: "warning: ");
    }

    public static void WriteRefusals(RankedFolders read)
    {
        foreach (var folder in read.Folders.Where(folder => folder.Ranking.Recommended is null)) WriteNothing(Terminal.Err, folder);
    }

    private static void WriteTable(RunRanking run, int rows)
    {
        if (run.Checkpoints.Count == 0)
        {
            Terminal.Out.WriteProse("No checkpoints, only a history.", indent: 2);
            return;
        }

        RankingTable.Of(run).WriteTable(Terminal.Out, rows);
        if (run.Checkpoints.Count > rows) Terminal.Out.WriteProse($"… and {run.Checkpoints.Count - rows} more (--all shows them)", Ink.Quiet, indent: 2);
        Terminal.Out.WriteLine();
    }

    private static void WriteChoice(RunRanking run, RankedCheckpoint best)
    {
        Terminal.Out.WriteProse($"★ Ship {best.Checkpoint.Path}", Ink.Best);
        foreach (var reason in RankingReasons.For(run, best).Where(reason => !LeftToExplain.Contains(reason.Code))) Terminal.Out.WriteProse(reason.Message, indent: 2);
    }

    private static void WriteNothing(Screen console, RankedFolder folder)
    {
        var why = folder.Ranking.Runs is not [var run, ..] ? "it has no run that could be read."
            : run.Refusal is { } refusal ? refusal.Message
            : run.Checkpoints.Count == 0 ? NoCheckpoints(run)
            : "no checkpoint has a finite evaluation at or near its step.";
        console.WriteProse($"Nothing to recommend in {folder.Path}: {why}", Ink.Attention);
    }

    private static string NoCheckpoints(RunRanking run) =>
        "there is a history, but no checkpoint." + (run.BestEvaluation is { } best ? $" Its best evaluation was at step {best.Step}." : "");

    private static IEnumerable<RankingNote> Warnings(RankedFolder folder) =>
    [
        .. folder.Ranking.Folder.Warnings,
        .. folder.Ranking.Runs is [var run, ..] ? run.Warnings : [],
        .. folder.Ranking.Folder.Unreadable.Select(unreadable => new RankingNote("unreadable", $"{unreadable.Path} cannot be read: {unreadable.Fault.Message}{(unreadable.Fault.Line is { } line ? $" (line {line}, byte {unreadable.Fault.Offset})" : "")}.")),
    ];

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
