using Podium.Checkpoints.Retention;
using Podium.Cli.Output;

namespace Podium.Cli.Retention;

/// <summary>What pruning does or would do, for people.</summary>
internal static class PruneReport
{
    private const int RowsOfAFolder = 30;

    public static void Write(List<PrunedFolder> folders, OutputFormat format, bool all)
    {
        var words = format == OutputFormat.Table ? Terminal.Out : Terminal.Err;
        if (format == OutputFormat.Json) PruneJson.Write(folders);
        else if (format != OutputFormat.Table && folders.Count > 0) PruneTable.Of(folders).Write(format);

        foreach (var folder in folders)
        {
            if (format == OutputFormat.Table) WriteTable(folder, all ? int.MaxValue : RowsOfAFolder);
            WriteWords(words, folder, alone: folders.Count == 1);
            if (format == OutputFormat.Table) words.WriteLine();
        }

        if (folders.Count > 1) words.WriteProse($"All {folders.Count} folders: {Total(folders)}");
    }

    private static void WriteTable(PrunedFolder folder, int rows)
    {
        var screen = Terminal.Out;
        var policy = folder.Survey.Plan.Policy;
        var stays = policy.StripTrainingState
            ? $"the training state of the latest {policy.KeepLatest} of each run stays"
            : $"the best {policy.KeepBest} and the latest {policy.KeepLatest} of each run stay";
        screen.WriteProse($"{folder.Path} · {stays} · strategy {folder.Chosen.Strategy.Name}{(folder.Chosen.From is "default" ? "" : $" (from {folder.Chosen.From})")}", Ink.Quiet);
        screen.WriteLine();
        var decisions = folder.Survey.Plan.Decisions;
        if (decisions.Count == 0)
        {
            screen.WriteProse("No checkpoints, only a history.", indent: 2);
            return;
        }

        PruneTable.Of(folder).WriteTable(screen, rows);
        if (decisions.Count > rows) screen.WriteProse($"… and {decisions.Count - rows} more (--all shows them)", Ink.Quiet, indent: 2);
        screen.WriteLine();
        var runs = folder.Survey.Plan.Ranking.Runs.Count;
        for (var run = 1; run <= runs && runs > 1; run++)
        {
            var (kept, deleted, stripped, frees) = RunTotals.Of(folder, run);
            screen.WriteProse($"Run {run} of {runs}: {Count(kept + stripped, "checkpoint")} {(kept + stripped == 1 ? "stays" : "stay")}, {(stripped > 0 ? $"{stripped} of them without training state" : $"{deleted} {(deleted == 1 ? "goes" : "go")}")} ({Numbers.Bytes(frees)})");
        }
    }

    private static void WriteWords(Screen words, PrunedFolder folder, bool alone)
    {
        var where = alone ? "" : $"{folder.Path}: ";
        if (folder.Outcome is { } outcome)
        {
            foreach (var fault in outcome.Faults) words.WriteProse($"{where}{fault.Path} could not be deleted: {fault.Message}", Ink.Error, mark: "! ");
            if (outcome.Refusal is null) words.WriteProse(where + Done(outcome));
        }
        else if (folder.Survey.Plan.Refusal is null)
        {
            words.WriteProse(where + Planned(folder));
        }

        if (folder.Outcome is null && folder.Survey.Plan.Warning is { } warning) words.WriteProse(where + warning, Ink.Attention, mark: "! ");
        if (folder.RefusalInWords is not { } refusal) return;
        var so = folder.Outcome is not null ? "Nothing was deleted: " : folder.Survey.Plan.Refusal is not null ? "" : "It would be refused now: ";
        words.WriteProse(where + so + refusal, Ink.Attention, mark: "! ");
    }

    private static string Planned(PrunedFolder folder)
    {
        var decisions = folder.Survey.Plan.Decisions;
        var changed = decisions.Count(decision => decision.Action != RetentionAction.Keep);
        if (changed == 0 && folder.Survey.Trash.Count == 0) return folder.Survey.Plan.Policy.StripTrainingState ? "There is no training state to take out." : "There is nothing to delete.";
        List<string> what = [];
        if (changed > 0) what.Add(folder.Survey.Plan.Policy.StripTrainingState ? $"taking the training state out of {changed} of {Count(decisions.Count, "checkpoint")}" : $"deleting {changed} of {Count(decisions.Count, "checkpoint")}");
        if (folder.Survey.Trash.Count > 0) what.Add($"finishing what an earlier prune left ({Numbers.Bytes(folder.Survey.Trash.Sum(left => left.SizeBytes))})");
        var sentence = string.Join(" and ", what);
        return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]} would free {Numbers.Bytes(folder.FreesBytes)}; nothing was deleted: add\u00A0--apply";
    }

    private static string Done(PruneOutcome outcome)
    {
        var left = outcome.Survey.Trash.Count(trash => outcome.Done.Contains(trash.Path, StringComparer.Ordinal));
        var changed = outcome.Done.Count - left;
        var action = outcome.Survey.Plan.Policy.StripTrainingState ? $"Took the training state out of {Count(changed, "checkpoint")}" : $"Deleted {Count(changed, "checkpoint")}";
        var finished = left > 0 ? $" and finished what an earlier prune left ({Numbers.Bytes(outcome.Survey.Trash.Sum(trash => trash.SizeBytes))})" : "";
        var stopped = outcome.WasStopped ? "Stopped before all was done. " : "";
        return $"{stopped}{action}{finished}: freed {Numbers.Bytes(outcome.FreedBytes)}.";
    }

    private static string Total(List<PrunedFolder> folders)
    {
        var bytes = Numbers.Bytes(folders.Sum(folder => folder.FreesBytes));
        return folders.Exists(folder => folder.Outcome is not null) ? $"freed {bytes}." : $"would free {bytes}; nothing was deleted: add\u00A0--apply";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
