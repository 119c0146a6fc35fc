using System.CommandLine;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;
using Podium.Ranking;

namespace Podium.Cli.Rankings;

/// <summary><c>podium latest</c>: the path of the newest checkpoint.</summary>
internal static class LatestCommand
{
    public static Command Create()
    {
        var folder = DirectoryArguments.One();
        var resumable = new Option<bool>("--resumable") { Description = "The newest from which a training can go on: weights, optimizer and scheduler are there and whole." };
        var command = new Command("latest", "Prints the path of the newest checkpoint of the run that was saved last, and nothing else on stdout.") { folder, resumable };
        var options = new RankingOptions().AddTo(command);
        command.SetAction(result =>
        {
            var read = RankedFolders.ReadSingle(result.GetValue(folder)!, options, result);
            var onlyResumable = result.GetValue(resumable);
            var latest = read is null ? null : Latest(read, onlyResumable);
            if (read is null || latest is null)
            {
                CheckpointPath.WriteNone(options.Format(result));
                if (read is not null) Terminal.Error(WhyNone(read, onlyResumable));
                return ExitCode.NothingToRecommend;
            }

            CheckpointPath.Write(read, latest, options.Format(result));
            if (onlyResumable) WriteNotes(read, latest);
            return ExitCode.Done;
        });
        return command.WithExamples(
            ("The newest checkpoint", "podium latest ./outputs"),
            ("Go on with a training that broke off", "python train.py --resume_from_checkpoint \"$(podium latest ./outputs --resumable)\""));
    }

    private static RankedCheckpoint? Latest(RankedFolder folder, bool onlyResumable)
    {
        if (folder.Ranking.Runs is not [var run, ..]) return null;
        return onlyResumable
            ? run.Checkpoints.Where(ranked => folder.Ranking.Folder.Verifications[ranked.Checkpoint.Path].IsResumable).MaxBy(ranked => ranked.Checkpoint.Step)
            : run.Latest;
    }

    private static string WhyNone(RankedFolder folder, bool onlyResumable) =>
        folder.Ranking.Runs.All(run => run.Checkpoints.Count == 0) ? $"There is a history in '{folder.Path}', but no checkpoint."
        : onlyResumable ? $"No checkpoint in '{folder.Path}' is resumable: that takes whole weights, the optimizer's and the scheduler's state. See: podium verify {Shell.Quote(folder.Path)}"
        : $"There is no checkpoint in '{folder.Path}'.";

    /// <summary>What differs in a training that goes on from there, on stderr.</summary>
    private static void WriteNotes(RankedFolder folder, RankedCheckpoint latest)
    {
        if (folder.Ranking.Runs[0].Latest is { } newest && newest.Checkpoint.Step > latest.Checkpoint.Step) Terminal.Hint($"{newest.Checkpoint.Path} is newer, but not resumable.");
        foreach (var note in folder.Ranking.Folder.Verifications[latest.Checkpoint.Path].Notes) Terminal.Hint(note);
    }
}
