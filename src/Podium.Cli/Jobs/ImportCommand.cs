using System.CommandLine;
using System.Net;
using System.Text.Json;
using Podium.Cli.Client;
using Podium.Cli.CommandLine;
using Podium.Cli.Output;

namespace Podium.Cli.Jobs;

/// <summary><c>podium import</c>: makes a job of a run folder.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A folder of checkpoints, as the server sees it: at or below one of its --runs." };
        var job = new Option<string?>("--job-id") { Description = "What the job is called. Default: a name of its own, the same each time.", HelpName = "JOB" };
        var strategy = JobStrategy.Option("How to rank it. Default: the server's way.");
        var format = RankingOptions.FormatOption();
        var command = new Command("import", "Makes a job of a run folder, with its whole history; done again, it brings in only what is new.") { folder, job, strategy, format };
        command.SetAction(result =>
        {
            var way = result.GetValue(strategy) is { } typed ? JobStrategy.Checked(typed) : null;
            using var client = PodiumClient.FromEnvironment();
            // The server was started in another folder than the one that we are in.
            Write(Import(client, Path.GetFullPath(result.GetValue(folder)!), result.GetValue(job), way), result.GetValue(format));
        });
        return command.WithExamples(
            ("A run that is done, or one that is under way", "podium import ./outputs"),
            ("Under a name", "podium import /mnt/runs/llama-sft --job-id llama-sft"),
            ("Every run below a folder", "for run in sweeps/*/; do podium import \"$run\"; done"),
            ("For a program", "podium import ./outputs --format json | jq -r .job_id"));
    }

    private static JsonElement Import(PodiumClient client, string folder, string? job, string? strategy)
    {
        try
        {
            return client.Post($"{JobPath.Root}/import", fields =>
            {
                fields.WriteString("path", folder);
                if (job is not null) fields.WriteString("job_id", job);
                if (strategy is not null) fields.WriteString("strategy", strategy);
            });
        }
        catch (ServerException refusal) when (refusal.Status == HttpStatusCode.BadRequest && refusal.Message.StartsWith("path: ", StringComparison.Ordinal))
        {
            // A folder that is not there is no wrong argument, here as in every other command.
            throw new IOException(refusal.Message["path: ".Length..], refusal);
        }
    }

    private static void Write(JsonElement made, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                made.WriteJson();
                break;
            case OutputFormat.Table:
                Terminal.Out.WriteProse($"{made.Text("job_id")}: {Number(made, "runs")}, {Number(made, "checkpoints")}, {Number(made, "points")} ({made.Whole("new_points")} of them new).");
                break;
            default:
                var table = new ResultTable(new("job", "job_id"), new("runs", "runs", IsNumber: true), new("checkpoints", "checkpoints", IsNumber: true), new("points", "points", IsNumber: true), new("new", "new_points", IsNumber: true));
                table.Add(Ink.Plain, made.Text("job_id") ?? "", made.Count("runs"), made.Count("checkpoints"), made.Count("points"), made.Count("new_points"));
                table.Write(format);
                break;
        }
    }

    private static string Number(JsonElement made, string things) => made.Whole(things) is 1 ? $"1 {things[..^1]}" : $"{made.Whole(things)} {things}";
}
