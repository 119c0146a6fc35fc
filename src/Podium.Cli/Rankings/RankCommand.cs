using System.CommandLine;
using Podium.Checkpoints.Sweeps;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Rankings;

/// <summary><c>podium rank</c>: which checkpoint to ship, and why.</summary>
internal static class RankCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var across = new Option<bool>("--across") { Description = "One order over all runs below the folders, as far as their losses may be compared." };
        var all = new Option<bool>("--all", "-a") { Description = "Show every checkpoint, not only the first ones." };
        var command = new Command("rank", "Ranks the checkpoints of one or more run folders and recommends one.") { folders, across, all };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var read = RankedFolders.Read(result.GetValue(folders)!, options, result);
            var format = options.Format(result);
            return (result.GetValue(across)
                ? Across(read, format, result.GetValue(all))
                : Each(read, format, result.GetValue(all)));
        });
        return command.WithExamples(
            ("Which checkpoint do I ship?", "podium rank ./outputs"),
            ("Every run below a folder", "podium rank sweeps/"),
            ("One order over a sweep", "podium rank --across sweeps/"),
            ("By another metric", "podium rank ./outputs --strategy metric:eval_wer:min"),
            ("With weights of one's own", "podium rank ./outputs --weights overfitting=0.6"),
            ("For a program", "podium rank ./outputs --format json | jq -r .recommended"));
    }

    private static int Each(RankedFolders read, OutputFormat format, bool all)
    {
        switch (format)
        {
            case OutputFormat.Json:
                RankingJson.Write(read);
                break;
            case OutputFormat.Table:
                foreach (var folder in read.Folders) RankingReport.Write(folder, all);
                break;
            default:
                if (read.Folders.Count > 0) RankingTable.Of(read).Write(format);
                break;
        }

        if (format != OutputFormat.Table) RankingReport.WriteRefusals(read);
        return read.ExitCode;
    }

    private static int Across(RankedFolders read, OutputFormat format, bool all)
    {
        var sweep = SweepRanking.Of(read.Folders.Select(folder => folder.Ranking));
        if (format == OutputFormat.Json) SweepJson.Write(read, sweep);
        else if (format == OutputFormat.Table) SweepReport.Write(read, sweep, all);
        else SweepReport.ToTable(sweep.Groups.SelectMany(group => group.Checkpoints), [.. sweep.Groups.SelectMany(group => group.DifferingSettings).Distinct(StringComparer.Ordinal)]).Write(format);
        return SweepExitCode(read, sweep);
    }

    /// <summary>Groups that cannot be compared have a best each, but no one recommendation.</summary>
    internal static int SweepExitCode(RankedFolders read, SweepRanking sweep) =>
        sweep.Recommended is not null ? ExitCode.Done
        : sweep.Groups.Count == 0 ? read.ExitCode
        : ExitCode.NothingToRecommend;
}
