using Podium.Cli.Output;
using Podium.Ranking;
using Podium.Robustness;
using Spectre.Console;

namespace Podium.Cli.Rankings;

/// <summary>A ranking in words and a table, for people.</summary>
internal static class RankingReport
{
    private const int RowsOfTheNewestRun = 15;
    private const int RowsOfAnOlderRun = 5;

    public static readonly string[] LeftToExplain = ["improvement", "perplexity"];

    public static void Write(RankedFolder folder, bool all, string? evalLossKey)
    {
        var console = Terminal.Out;
        var runs = folder.Ranking.Runs;
        Prose.Write(console, $"{folder.Path} · strategy {folder.Chosen.Strategy.Name}{(folder.Chosen.From is "default" ? "" : $" (from {folder.Chosen.From})")}", Terminal.Quiet);
        console.WriteLine();
        for (var i = 0; i < runs.Count; i++)
        {
            if (runs.Count > 1) Prose.Write(console, $"Run {i + 1} of {runs.Count}{(i == 0 ? ", saved last" : "")}: {Count(runs[i].Checkpoints.Count, "checkpoint")}", Terminal.Quiet);
            WriteTable(runs[i], all ? int.MaxValue : i == 0 ? RowsOfTheNewestRun : RowsOfAnOlderRun);
        }

        if (folder.Ranking.Recommended is { } best) WriteChoice(runs[0], best);
        foreach (var warning in Warnings(folder)) Prose.Write(console, warning.Message, Terminal.Attention, indent: 2, mark: "! ");
        if (folder.Ranking.Recommended is null) WriteNothing(console, folder);
        else if (StrategyComparison.Of(runs[0], evalLossKey).Summary is { } disagreement) Prose.Write(console, $"{disagreement} See: podium explain {Shell.Quote(folder.Path)}", null, indent: 2);
        console.WriteLine();
    }

    /// <summary>Why there is nothing to recommend, and warnings, on stderr: stdout is the answer's alone.</summary>
    public static void WriteWords(RankedFolder folder)
    {
        if (folder.Ranking.Recommended is null) WriteNothing(Terminal.Err, folder);
        foreach (var warning in Warnings(folder)) Prose.Write(Terminal.Err, warning.Message, Terminal.Attention, mark: "warning: ");
    }

    public static void WriteRefusals(RankedFolders read)
    {
        foreach (var folder in read.Folders.Where(folder => folder.Ranking.Recommended is null)) WriteNothing(Terminal.Err, folder);
    }

    private static void WriteTable(RunRanking run, int rows)
    {
        if (run.Checkpoints.Count == 0)
        {
            Prose.Write(Terminal.Out, "No checkpoints, only a history.", null, indent: 2);
            return;
        }

        RankingTable.Of(run).WriteTable(Terminal.Out, rows);
        if (run.Checkpoints.Count > rows) Prose.Write(Terminal.Out, $"… and {run.Checkpoints.Count - rows} more (--all shows them)", Terminal.Quiet, indent: 2);
        Terminal.Out.WriteLine();
    }

    private static void WriteChoice(RunRanking run, RankedCheckpoint best)
    {
        Prose.Write(Terminal.Out, $"★ Ship {best.Checkpoint.Path}", Terminal.Best);
        foreach (var reason in RankingReasons.For(run, best).Where(reason => !LeftToExplain.Contains(reason.Code))) Prose.Write(Terminal.Out, reason.Message, null, indent: 2);
    }

    private static void WriteNothing(IAnsiConsole console, RankedFolder folder)
    {
        var why = folder.Ranking.Runs is not [var run, ..] ? "it has no run that could be read."
            : run.Refusal is { } refusal ? refusal.Message
            : run.Checkpoints.Count == 0 ? NoCheckpoints(run)
            : "no checkpoint has a finite evaluation at or near its step.";
        Prose.Write(console, $"Nothing to recommend in {folder.Path}: {why}", Terminal.Attention);
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
