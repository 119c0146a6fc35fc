using System.CommandLine;
using Podium.Checkpoints.Sweeps;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Rankings;

/// <summary><c>podium best</c>: the path of the recommended checkpoint and nothing else, for scripts.</summary>
internal static class BestCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var across = new Option<bool>("--across") { Description = "The best of all runs below the folders." };
        var command = new Command("best", "Prints the path of the recommended checkpoint, and nothing else on stdout.") { folders, across };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var paths = result.GetValue(folders)!;
            if (result.GetValue(across)) return Across(RankedFolders.Read(paths, options, result), options.Format(result));
            if (paths.Length > 1) throw new UsageException("best names one checkpoint: give one folder, or --across for the best of several.");

            var folder = RankedFolders.ReadSingle(paths[0], options, result);
            if (folder is null)
            {
                CheckpointPath.WriteNone(options.Format(result));
                return ExitCode.NothingToRecommend;
            }

            CheckpointPath.Write(folder, folder.Ranking.Recommended, options.Format(result));
            RankingReport.WriteWords(folder);
            return folder.ExitCode;
        });
        return command.WithExamples(
            ("Serve the best checkpoint", "vllm serve \"$(podium best ./outputs)\""),
            ("Copy the best of a sweep", "cp -r \"$(podium best --across sweeps/)\" ./release"));
    }

    private static int Across(RankedFolders read, OutputFormat format)
    {
        var sweep = SweepRanking.Of(read.Folders.Select(folder => folder.Ranking));
        if (sweep.Recommended is { } best)
        {
            CheckpointPath.Write(best.Path, best.Ranked, format);
        }
        else
        {
            CheckpointPath.WriteNone(format);
            RankingReport.WriteRefusals(read);
            foreach (var group in sweep.Groups.Where(_ => sweep.Groups.Count > 1))
                Terminal.Hint($"{group.Best.Path} is the best of {group.Runs.Count} run(s){(group.DiffersBecause is { } why ? $", which cannot be compared with the others: {why}" : "")}.");
        }

        return RankCommand.SweepExitCode(read, sweep);
    }
}
