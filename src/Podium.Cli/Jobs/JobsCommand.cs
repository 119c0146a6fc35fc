using System.CommandLine;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;

namespace Podium.Cli.Jobs;

/// <summary><c>podium jobs</c>: the server's jobs, or one of them.</summary>
internal static class JobsCommand
{
    // As many as the server gives at once.
    private const int Most = 1000;

    public static Command Create()
    {
        var job = new Argument<string?>("JOB") { Description = "One job, with all that is known of it.", Arity = ArgumentArity.ZeroOrOne };
        var status = new Option<string?>("--status") { Description = "Only jobs that stand so: queued, pending, running, completed, failed, cancelled or paused.", HelpName = "STATUS" }
            .Proposing("queued", "pending", "running", "completed", "failed", "cancelled", "paused");
        var limit = new Option<int>("--limit")
        {
            Description = "How many to list, the newest first: up to 1000.",
            HelpName = "N",
            DefaultValueFactory = static _ => 50,
            CustomParser = NumberOptions.Count,
        };
        var offset = new Option<int>("--offset") { Description = "How many to pass over first.", HelpName = "N", CustomParser = NumberOptions.Count };
        var format = RankingOptions.FormatOption();
        var command = new Command("jobs", "Lists the jobs of a server, shows one, or changes one.") { job, status, limit, offset, format, SetJobCommand.Create() };
        command.SetAction(result =>
        {
            using var client = PodiumClient.FromEnvironment();
            if (result.GetValue(job) is { } name)
            {
                JobReport.Write(client.Get($"{JobPath.Of(name)}/status"), result.GetValue(format));
                return;
            }

            if (result.GetValue(limit) is < 1 or > Most) throw new UsageException($"--limit: give a number from 1 to {Most}.");
            var query = $"limit={result.GetValue(limit)}&offset={result.GetValue(offset)}";
            if (result.GetValue(status) is { } wanted) query += $"&status={Uri.EscapeDataString(wanted)}";
            JobList.Write(client.Get($"{JobPath.All}?{query}"), result.GetValue(format));
        });
        return command.WithExamples(
            ("What is being trained?", "podium jobs --status running"),
            ("How does it stand?", "podium jobs llama-sft"),
            ("At another server", "PODIUM_URL=https://podium.example.org PODIUM_TOKEN=… podium jobs"),
            ("The best checkpoint so far, for a script", "podium jobs llama-sft --format json | jq -r .best_checkpoint_path"));
    }
}
