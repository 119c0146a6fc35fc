using System.CommandLine;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;

namespace Podium.Cli.Jobs;

/// <summary><c>podium jobs set</c>: changes what the server knows of a job.</summary>
internal static class SetJobCommand
{
    public static Command Create()
    {
        var job = new Argument<string>("JOB") { Description = "The job." };
        var folder = new Option<string?>("--folder") { Description = "Its run folder, as the server sees it: at or below one of its --runs.", HelpName = "DIR" };
        var strategy = JobStrategy.Option("How to rank it from now on, all that it reported included; \"\" for the server's own way.");
        var name = new Option<string?>("--name") { Description = "What people call it; \"\" takes the name away.", HelpName = "NAME" };
        var status = new Option<string?>("--status") { Description = "How it stands: completed, failed, cancelled, or running again.", HelpName = "STATUS" }
            .Proposing("completed", "failed", "cancelled", "running");
        var error = new Option<string?>("--error") { Description = "Why it failed or was cancelled; with --status.", HelpName = "TEXT" };
        var format = RankingOptions.FormatOption();
        var command = new Command("set", "Changes a job's run folder, strategy, name or status.") { job, folder, strategy, name, status, error, format };
        command.SetAction(result =>
        {
            (string Field, string? Value)[] changes =
            [
                .. result.GetValue(folder) is { } path ? [("run_folder", path.Length == 0 ? null : Path.GetFullPath(path))] : Array.Empty<(string, string?)>(),
                .. result.GetValue(strategy) is { } way ? [("strategy", JobStrategy.Checked(way))] : Array.Empty<(string, string?)>(),
                .. result.GetValue(name) is { } called ? [("job_name", called.Length == 0 ? null : called)] : Array.Empty<(string, string?)>(),
                .. result.GetValue(status) is { } ended ? [("status", ended)] : Array.Empty<(string, string?)>(),
                .. result.GetValue(error) is { } why ? [("error", why)] : Array.Empty<(string, string?)>(),
            ];
            if (changes.Length == 0) throw new UsageException("Nothing is to change: give --folder, --strategy, --name or --status.");

            using var client = PodiumClient.FromEnvironment();
            JobReport.Write(
                client.Patch($"{JobPath.Of(result.GetValue(job)!)}/status", fields =>
                {
                    foreach (var (field, value) in changes) fields.WriteString(field, value);
                }),
                result.GetValue(format));
        });
        return command.WithExamples(
            ("Say where its checkpoints lie", "podium jobs set llama-sft --folder /mnt/runs/llama-sft"),
            ("Rank it by the evaluation loss alone", "podium jobs set llama-sft --strategy eval-loss"),
            ("And back to the server's way", "podium jobs set llama-sft --strategy \"\""),
            ("It has ended, and its trainer could not say so", "podium jobs set llama-sft --status completed"),
            ("Give it a name", "podium jobs set 4f1c0e --name \"Llama, second try\""));
    }
}
