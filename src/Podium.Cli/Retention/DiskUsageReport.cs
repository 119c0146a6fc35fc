using Podium.Checkpoints.Retention;
using Podium.Cli.Output;

namespace Podium.Cli.Retention;

/// <summary>Where disk space went and what would free it, for people.</summary>
internal static class DiskUsageReport
{
    public static void Write(List<UsedFolder> used)
    {
        var screen = Terminal.Out;
        foreach (var folder in used)
        {
            screen.WriteProse(folder.Path, Ink.Quiet);
            screen.WriteLine();
            DiskUsageTable.Of(folder.Usage).WriteTable(screen);
            screen.WriteLine();
            WriteRuns(screen, folder.Usage);
            WriteCommands(screen, folder);
            screen.WriteLine();
        }

        if (used.Count <= 1) return;
        var policy = used[0].Usage.Prune.Plan.Policy;
        screen.WriteProse(
            $"All {used.Count} folders: {Numbers.Bytes(used.Sum(folder => folder.Usage.SizeBytes))}. podium prune would free {Numbers.Bytes(used.Sum(folder => folder.Usage.Prune.FreesBytes))} of it"
            + $"{Flags(policy)}, and with --strip-training-state {Numbers.Bytes(used.Sum(folder => folder.Usage.Strip.FreesBytes))}.");
    }

    private static void WriteRuns(Screen screen, DiskUsage usage)
    {
        var runs = usage.Prune.Plan.Ranking.Runs.Count;
        for (var run = 1; run <= runs && runs > 1; run++)
        {
            List<CheckpointUsage> own = [.. usage.Checkpoints.Where(checkpoint => checkpoint.Runs.Contains(run))];
            var shared = own.Where(checkpoint => checkpoint.Runs.Count > 1).Sum(checkpoint => checkpoint.SizeBytes);
            screen.WriteProse($"Run {run} of {runs}: {Numbers.Bytes(own.Sum(checkpoint => checkpoint.SizeBytes))}{(shared > 0 ? $", {Numbers.Bytes(shared)} of it shared with another" : "")}");
        }
    }

    private static void WriteCommands(Screen screen, UsedFolder folder)
    {
        var usage = folder.Usage;
        var prune = $"podium prune {Shell.Quote(folder.Path)}{Flags(usage.Prune.Plan.Policy)}";
        screen.WriteProse("What would free space:");
        screen.WriteLine($"  {(usage.Prune.Plan.Refusal is null ? Numbers.Bytes(usage.Prune.FreesBytes) : "?"),8}  {prune}");
        screen.WriteLine($"  {Numbers.Bytes(usage.Strip.FreesBytes),8}  {prune} --strip-training-state");
        if (usage.TrashBytes > 0) screen.WriteProse($"{Numbers.Bytes(usage.Prune.Trash.Sum(left => left.FreesBytes))} of each is what an earlier prune left; any of them finishes it.", indent: 2);
        if (usage.Prune.Plan.Refusal is { } refusal) screen.WriteProse(refusal.Message, Ink.Attention, indent: 2, mark: "! ");
        else if (usage.Prune.Refusal is { } now) screen.WriteProse($"Not now: {now.Message}", Ink.Attention, indent: 2, mark: "! ");
    }

    private static string Flags(RetentionPolicy policy)
    {
        var usual = new RetentionPolicy();
        return (policy.KeepBest == usual.KeepBest ? "" : $" --keep-best {policy.KeepBest}") + (policy.KeepLatest == usual.KeepLatest ? "" : $" --keep-latest {policy.KeepLatest}");
    }
}
