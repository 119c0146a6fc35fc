using Podium.Checkpoints.Sweeps;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Rankings;

/// <summary>A ranking across runs for people.</summary>
internal static class SweepReport
{
    private const int Rows = 15;

    public static void Write(RankedFolders read, SweepRanking sweep, bool all)
    {
        var console = Terminal.Out;
        foreach (var group in sweep.Groups)
        {
            console.WriteProse($"{group.Runs.Count} run{(group.Runs.Count == 1 ? "" : "s")}, {group.Checkpoints.Count} checkpoints · strategy {group.Best.Run.Ranking.Strategy.Name}"
                + (group.DiffersBecause is { } why ? $" · not comparable with the first: {why}" : ""), Ink.Quiet);
            console.WriteLine();
            ToTable(group.Checkpoints, group.DifferingSettings).WriteTable(console, all ? int.MaxValue : Rows);
            if (!all && group.Checkpoints.Count > Rows) console.WriteProse($"… and {group.Checkpoints.Count - Rows} more (--all shows them)", Ink.Quiet, indent: 2);
            console.WriteLine();
            console.WriteProse($"★ {(sweep.Groups.Count == 1 ? "Ship" : "Best of these:")} {group.Best.Path}", Ink.Best);
            if (group.Runs.Count > 1) AmongRuns(group);
            foreach (var reason in RankingReasons.For(group.Best.Run.Ranking, group.Best.Ranked).Where(reason => !RankingReport.LeftToExplain.Contains(reason.Code)))
                console.WriteProse(reason.Message, indent: 2, mark: group.Runs.Count > 1 ? "- " : "");
            console.WriteLine();
        }

        if (sweep.Groups.Count > 1) console.WriteProse("The runs were not evaluated on the same set, so there is no one recommendation: losses of different sets cannot be compared.", Ink.Attention);
        foreach (var run in sweep.Refused)
            console.WriteProse($"! {run.Folder.Folder.Path} is left out: {run.Ranking.Refusal?.Message ?? "no checkpoint has a finite score."}", Ink.Attention);
        if (read.Folders.Count > 0 && sweep.Groups.Count == 0) console.WriteProse("Nothing to recommend.", Ink.Attention);
    }

    public static ResultTable ToTable(IEnumerable<SweepCheckpoint> checkpoints, IReadOnlyList<string> settings)
    {
        ResultColumn[] columns =
        [
            new("#", "rank", IsNumber: true),
            new("checkpoint", "path", GivesWay: true),
            new("eval_loss", "eval_loss", IsNumber: true),
            new("train", "train_loss", IsNumber: true, Dispensable: 59),
            new("score", "score", IsNumber: true),
            // What a sweep is about: the first one always stays.
            .. settings.Select((name, i) => new ResultColumn(name, name, IsNumber: true, Dispensable: i)),
        ];
        var table = new ResultTable(columns);
        foreach (var checkpoint in checkpoints)
        {
            var ranked = checkpoint.Ranked;
            table.Add(
                checkpoint.Rank == 1 ? Ink.Best : Ink.Plain,
                [
                    checkpoint.Rank,
                    checkpoint.Path,
                    Cell.Of(ranked.Loss?.Value, Numbers.Loss),
                    Cell.Of(ranked.Loss?.TrainLoss, Numbers.Loss),
                    double.IsFinite(ranked.Score) ? Cell.Of(ranked.Score, Numbers.Loss) : "",
                    .. settings.Select(name => (Cell)(checkpoint.Run.Settings.Values.GetValueOrDefault(name) ?? "")),
                ]);
        }

        return table;
    }

    /// <summary>Why this one among all runs; the reasons that follow it look at its own run only.</summary>
    private static void AmongRuns(SweepGroup group)
    {
        Terminal.Out.WriteProse($"It is the best of {group.Checkpoints.Count} checkpoints of {group.Runs.Count} runs.", indent: 2);
        Lowest(group);
        RunnerUp(group);
        Settings(group);
        Terminal.Out.WriteProse("Within its own run:", indent: 2);
    }

    /// <summary>What the choice costs in eval_loss among all of the group.</summary>
    private static void Lowest(SweepGroup group)
    {
        if (group.Best.Ranked.Loss is not { IsFinite: true } mine) return;
        var (least, lowest) = group.Checkpoints.Where(checkpoint => checkpoint.Ranked.Loss is { IsFinite: true }).Select(checkpoint => (checkpoint.Ranked.Loss!.Value.Value, checkpoint)).MinBy(pair => pair.Value);
        if (least <= 0 || least >= mine.Value) return;
        Terminal.Out.WriteProse($"Its eval_loss, {Numbers.Format(mine.Value, Numbers.Loss)}, is {Numbers.Format(mine.Value / least - 1, Numbers.Percent)} above the lowest, {Numbers.Format(least, Numbers.Loss)} at {lowest.Path}.", indent: 2);
    }

    /// <summary>The best of another run, for the choice between runs is another than that within one.</summary>
    private static void RunnerUp(SweepGroup group)
    {
        if (group.Checkpoints.FirstOrDefault(other => other.Run != group.Best.Run && double.IsFinite(other.Ranked.Score)) is not { } second) return;
        Terminal.Out.WriteProse($"The best of another run is {second.Path}, at rank {second.Rank} with a score of {Numbers.Format(second.Ranked.Score, Numbers.Loss)}, {Numbers.Format(second.Ranked.Score - group.Best.Ranked.Score, Numbers.Loss)} behind.", indent: 2);
    }

    /// <summary>What sets the winner's run apart, for that is what a sweep is made to learn.</summary>
    private static void Settings(SweepGroup group)
    {
        foreach (var name in group.DifferingSettings)
        {
            var mine = group.Best.Run.Settings.Values.GetValueOrDefault(name) ?? "none";
            var others = group.Runs.Select(run => run.Settings.Values.GetValueOrDefault(name) ?? "none").Where(value => value != mine).Distinct(StringComparer.Ordinal);
            Terminal.Out.WriteProse($"Its {name} is {mine}; other runs have {string.Join(", ", others)}.", indent: 2);
        }
    }
}
