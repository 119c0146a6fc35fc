using System.CommandLine;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Verification;

/// <summary><c>podium verify</c>: whether the weights of each checkpoint are whole.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var deep = new Option<bool>("--deep") { Description = "Read every byte of the weights, record SHA-256 sums in DIR/.podium/checksums, and compare with those recorded before." };
        var format = RankingOptions.FormatOption();
        var command = new Command("verify", "Says of each checkpoint whether its weights are whole and whether a training can go on from it.") { folders, deep, format };
        command.SetAction(result =>
        {
            var found = FoundFolders.Below(result.GetValue(folders)!);
            using var progress = new ProgressLine();
            List<VerifiedFolder> verified = [];
            foreach (var folder in found.Folders)
            {
                progress.Reading(folder, verified.Count);
                var read = RunFolderReader.Read(folder);
                verified.Add(VerifiedFolder.Of(result.GetValue(deep) ? ReadWhole(read, progress) : read));
            }

            VerificationReport.Write(verified, found.IsTree, result.GetValue(format));
            return found.Folders.Count == 0 ? ExitCode.NothingToRecommend
                : verified.Exists(folder => folder.HasDamage) ? ExitCode.Failed
                : ExitCode.Done;
        });
        return command.WithExamples(
            ("Are the weights whole?", "podium verify ./outputs"),
            ("Every byte, now and in a month", "podium verify ./outputs --deep"),
            ("One checkpoint, before it is uploaded", "podium verify ./outputs/checkpoint-500 && hf upload me/model ./outputs/checkpoint-500"),
            ("For a program", "podium verify ./outputs --format json | jq -r '.checkpoints[] | select(.state != \"complete\").path'"));
    }

    /// <summary>Reads every byte of a folder's weights, saying how far it is.</summary>
    private static RunFolder ReadWhole(RunFolder folder, ProgressLine progress)
    {
        var total = folder.Verifications.Keys.Sum(path => DeepVerification.BytesToRead(folder.Path, path));
        var read = 0L;
        return folder with
        {
            Verifications = folder.Verifications.ToDictionary(
                checkpoint => checkpoint.Key,
                checkpoint => DeepVerification.Verify(folder.Path, checkpoint.Key, checkpoint.Value, TimeProvider.System, bytes =>
                {
                    read += bytes;
                    progress.Show($"reading {checkpoint.Key}: {Numbers.Bytes(read)} of {Numbers.Bytes(total)} …");
                }),
                StringComparer.Ordinal),
        };
    }
}
