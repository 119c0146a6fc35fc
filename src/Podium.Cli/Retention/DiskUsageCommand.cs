using System.CommandLine;
using Podium.Checkpoints.Retention;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Retention;

/// <summary><c>podium du</c>: where the disk space of run folders went, and what would free it.</summary>
internal static class DiskUsageCommand
{
    public static Command Create()
    {
        var folders = DirectoryArguments.Several();
        var command = new Command("du", "Shows where the disk space of run folders went, and how much podium prune would free.") { folders };
        var options = new RetentionOptions().AddTo(command);
        command.SetAction(result =>
        {
            var policy = options.Policy(result);
            List<UsedFolder> used = [];
            using (var progress = new ProgressLine())
            {
                foreach (var folder in RetentionOptions.Find(result.GetValue(folders)!))
                {
                    progress.Reading(folder, used.Count);
                    used.Add(new UsedFolder(folder, DiskUsage.Of(options.Rank(result, folder), policy, TimeProvider.System)));
                }
            }

            Write(used, options.Format(result));
            return used.Count == 0 ? ExitCode.NothingToRecommend : ExitCode.Done;
        });
        return command.WithExamples(
            ("Where did the disk space go?", "podium du ./outputs"),
            ("Of all runs below a folder", "podium du sweeps/"),
            ("What would keeping the three best free?", "podium du ./outputs --keep-best 3"),
            ("For a program", "podium du ./outputs --format json"));
    }

    private static void Write(List<UsedFolder> used, OutputFormat format)
    {
        if (format == OutputFormat.Json) DiskUsageJson.Write(used);
        else if (format == OutputFormat.Table) DiskUsageReport.Write(used);
        else if (used.Count > 0) DiskUsageTable.Of(used).Write(format);
    }
}

/// <summary>A run folder and where its bytes went.</summary>
/// <param name="Path">The folder, as a person would type it.</param>
/// <param name="Usage">Where they went.</param>
internal sealed record UsedFolder(string Path, DiskUsage Usage);
