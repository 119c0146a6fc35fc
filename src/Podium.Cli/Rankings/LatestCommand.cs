using System.CommandLine;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Rankings;

/// <summary><c>podium latest</c>: the path of the newest checkpoint.</summary>
internal static class LatestCommand
{
    public static Command Create()
    {
        var folder = DirectoryArguments.One();
        var command = new Command("latest", "Prints the path of the newest checkpoint of the run that was saved last, and nothing else on stdout.") { folder };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var read = RankedFolders.ReadSingle(result.GetValue(folder)!, options, result);
            var latest = read?.Ranking.Runs is [var run, ..] ? run.Latest : null;
            if (read is null || latest is null)
            {
                CheckpointPath.WriteNone(options.Format(result));
                if (read is not null) Terminal.Error($"There is a history in '{read.Path}', but no checkpoint.");
                return ExitCode.NothingToRecommend;
            }

            CheckpointPath.Write(read, latest, options.Format(result));
            return ExitCode.Done;
        });
        return command.WithExamples(("Go on from the newest checkpoint", "python train.py --resume_from_checkpoint \"$(podium latest ./outputs)\""));
    }
}
