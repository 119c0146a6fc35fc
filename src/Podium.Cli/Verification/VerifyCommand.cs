using System.CommandLine;
using Podium.Checkpoints.RunFolders;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Verification;

/// <summary><c>podium verify</c>: whether the weights of each checkpoint are whole.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var format = RankingOptions.FormatOption();
        var command = new Command("verify", "Says of each checkpoint whether its weights are whole and whether a training can go on from it.") { folders, format };
        command.SetAction(result =>
        {
            var found = FoundFolders.Below(result.GetValue(folders)!);
            using var progress = new ReadingProgress();
            List<VerifiedFolder> verified = [];
            foreach (var folder in found.Folders)
            {
                progress.Reading(folder, verified.Count);
                verified.Add(VerifiedFolder.Of(RunFolderReader.Read(folder)));
            }

            VerificationReport.Write(verified, found.IsTree, result.GetValue(format));
            return found.Folders.Count == 0 ? ExitCode.NothingToRecommend
                : verified.Exists(folder => folder.HasDamage) ? ExitCode.Failed
                : ExitCode.Done;
        });
        return command.WithExamples(
            ("Are the weights whole?", "podium verify ./outputs"),
            ("One checkpoint, before it is uploaded", "podium verify ./outputs/checkpoint-500 && hf upload me/model ./outputs/checkpoint-500"),
            ("For a program", "podium verify ./outputs --format json | jq -r '.checkpoints[] | select(.state != \"complete\").path'"));
    }
}
