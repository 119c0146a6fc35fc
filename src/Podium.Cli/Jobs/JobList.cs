using System.Text.Json;
using Podium.Cli.Client;
using Podium.Cli.Output;

namespace Podium.Cli.Jobs;

/// <summary>Jobs as a table.</summary>
internal static class JobList
{
    private static readonly ResultColumn[] Columns =
    [
        new("job", "job_id", GivesWay: true),
        new("name", "job_name", Dispensable: 3, GivesWay: true),
        new("model", "model_name", Dispensable: 8, GivesWay: true),
        new("status", "status"),
        new("done", "progress", IsNumber: true, Dispensable: 4),
        new("step", "current_step", IsNumber: true, Dispensable: 5),
        new("eval_loss", "eval_loss", IsNumber: true, Dispensable: 6),
        new("best", "best_eval_loss", IsNumber: true, Dispensable: 1),
        new("at step", "best_step", IsNumber: true, Dispensable: 2),
        new("strategy", "strategy", Dispensable: 7),
        new("updated", "updated_at", Dispensable: 9),
    ];

    /// <summary>Prints a page of jobs.</summary>
    /// <param name="page">What the server answered.</param>
    /// <param name="format">How to print it.</param>
    public static void Write(JsonElement page, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            page.WriteJson();
            return;
        }

        JsonElement[] jobs = [.. page.Items("jobs")];
        var total = page.Whole("total") ?? jobs.Length;
        if (jobs.Length == 0 && format == OutputFormat.Table) Terminal.Hint(total == 0 ? "There are no jobs to show. podium import DIR makes one of a run folder." : $"There are {total} jobs, and no more.");
        else TableOf(jobs).Write(format);
        if (format == OutputFormat.Table && jobs.Length > 0 && jobs.Length < total) Terminal.Hint($"{jobs.Length} of {total} jobs. --limit and --offset show others.");
    }

    /// <summary>A table with a row for each job.</summary>
    public static ResultTable TableOf(IEnumerable<JsonElement> jobs)
    {
        var table = new ResultTable(Columns);
        foreach (var job in jobs) table.Add(InkOf(job.Text("status")), Row(job));
        return table;
    }

    /// <summary>How a status stands out.</summary>
    public static Ink InkOf(string? status) => status switch
    {
        "failed" => Ink.Error,
        "cancelled" or "paused" => Ink.Quiet,
        _ => Ink.Plain,
    };

    private static Cell[] Row(JsonElement job) =>
    [
        job.Text("job_id") ?? "",
        job.Text("job_name") ?? "",
        job.Text("model_name") ?? "",
        job.Text("status") ?? "",
        // The server counts to 100, and the cell for machines has what the server says.
        Cell.Of(job.Number("progress"), "0.0") is { Raw.Length: > 0 } progress ? progress with { Shown = $"{progress.Shown} %" } : "",
        job.Count("current_step"),
        Cell.Of(job.Number("eval_loss"), Numbers.Loss),
        Cell.Of(job.Number("best_eval_loss"), Numbers.Loss),
        job.Count("best_step"),
        job.Text("strategy") ?? "",
        job.Time("updated_at"),
    ];
}
