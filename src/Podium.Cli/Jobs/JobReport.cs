using System.Globalization;
using System.Text.Json;
using Podium.Cli.Client;
using Podium.Cli.Output;

namespace Podium.Cli.Jobs;

/// <summary>How one job stands.</summary>
internal static class JobReport
{
    /// <summary>Prints a job.</summary>
    /// <param name="job">What the server answered.</param>
    /// <param name="format">How to print it.</param>
    public static void Write(JsonElement job, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json:
                job.WriteJson();
                break;
            case OutputFormat.Table:
                Write(job);
                break;
            default:
                JobList.TableOf([job]).Write(format);
                break;
        }
    }

    private static void Write(JsonElement job)
    {
        var screen = Terminal.Out;
        screen.WriteLine($"{job.Text("job_id")}: {job.Text("status")}", JobList.InkOf(job.Text("status")));
        (string Name, string? Value)[] facts =
        [
            ("name", job.Text("job_name")),
            ("model", job.Text("model_display_name") ?? job.Text("model_name")),
            ("data", job.Text("dataset_name") ?? job.Text("dataset_path")),
            ("step", Of(job.Whole("current_step"), job.Whole("total_steps"), job.Number("progress"))),
            ("epoch", Of(job.Number("current_epoch"), job.Number("total_epochs"))),
            ("time", Times(job.Number("elapsed_seconds"), job.Number("remaining_seconds"))),
            ("loss", Loss(job, "loss")),
            ("eval_loss", job.Text("loss_trend") is { } trend && Loss(job, "eval_loss") is { } loss ? $"{loss} ({trend.Replace('_', ' ')})" : Loss(job, "eval_loss")),
            ("lowest", AtStep(Loss(job, "lowest_eval_loss"), job.Whole("lowest_eval_loss_step"))),
            ("best", AtStep(Loss(job, "best_eval_loss"), job.Whole("best_step"))),
            ("ranked by", job.Text("strategy")),
            ("checkpoint", job.Text("best_checkpoint_path")),
            ("folder", job.Text("run_folder") ?? job.Text("output_dir")),
            ("updated", job.Time("updated_at").Shown),
        ];
        var width = facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in facts)
        {
            if (string.IsNullOrEmpty(value)) continue;
            screen.Write($"  {name.PadRight(width)}  ", Ink.Quiet);
            screen.WriteLine(value, name is "checkpoint" ? Ink.Best : Ink.Plain);
        }

        if (job.Text("error") is { } error) screen.WriteProse(error, Ink.Error, indent: 2, mark: "! ");
        if (job.Text("warning") is { } warning) screen.WriteProse(warning, Ink.Attention, indent: 2, mark: "! ");
    }

    private static string? Loss(JsonElement job, string name) => job.Number(name) is { } loss ? Numbers.Format(loss, Numbers.Loss) : null;

    private static string? AtStep(string? value, long? step) => value is null || step is null ? value : $"{value} at step {step}";

    private static string? Of(long? current, long? total, double? percent) =>
        current is null ? null
        : total is null ? $"{current}"
        : percent is { } done ? string.Create(CultureInfo.InvariantCulture, $"{current} of {total} ({done:0.0} %)")
        : $"{current} of {total}";

    private static string? Of(double? current, double? total) =>
        current is not { } now ? null
        : total is { } all ? string.Create(CultureInfo.InvariantCulture, $"{now:0.##} of {all:0.##}")
        : now.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Times(double? elapsed, double? remaining) =>
        elapsed is null ? null
        : remaining is > 0 ? $"{Spell(elapsed.Value)}, {Spell(remaining.Value)} to go"
        : Spell(elapsed.Value);

    private static string Spell(double seconds)
    {
        // A century is no training's length, and more than that no time span holds.
        var time = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 3.2e9));
        return time switch
        {
            { TotalDays: >= 1 } => $"{time.Days} d {time.Hours} h",
            { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
            { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
            _ => $"{time.Seconds} s",
        };
    }
}
