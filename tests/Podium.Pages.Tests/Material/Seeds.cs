using System.Globalization;

namespace Podium.Pages.Tests.Material;

/// <summary>Jobs to look at, made by the calls that real trainers make.</summary>
internal static class Seeds
{
    /// <summary>Imports the samples, and real runs where they are there.</summary>
    public static async Task FoldersAsync(PageServer server)
    {
        await server.Api.ImportAsync(Samples.Sentiment);
        foreach (var folder in Samples.Sweep) await server.Api.ImportAsync(folder);
        foreach (var run in SharedServer.RealRuns) await server.Api.ImportAsync(SharedMaterial.Require($"hf-runs/{run}"));
    }

    /// <summary>A job under way: half of 400 steps, an evaluation and a checkpoint every 50.</summary>
    public static async Task RunningAsync(JobApi api, string jobId, string? name = null)
    {
        await api.CreateAsync(new
        {
            job_id = jobId,
            job_name = name ?? "Under way",
            model_name = "llama-3.2-1b",
            dataset_name = "tickets",
            total_steps = 400,
            config = new { learning_rate = 0.0002, lora_r = 16, scheduler = "cosine" },
        });
        await api.ReportAsync(jobId, [.. Enumerable.Range(1, 20).Select(i => new
        {
            step = i * 10,
            epoch = i / 20.0,
            train_loss = 2.4 - (0.06 * i) + (0.05 * (i % 3)),
            learning_rate = 0.0002 * (1 - (i / 40.0)),
            grad_norm = 1.2 + (0.1 * (i % 4)),
            tokens_per_second = 5200 + (20 * i),
        })]);
        for (var step = 50; step <= 200; step += 50) await api.EvaluateAsync(jobId, step, 2.3 - (step / 250.0));
    }

    /// <summary>A job with HTML in its names, its configuration, a metric's name and its log.</summary>
    public static async Task MarkupAsync(PageServer server, string jobId)
    {
        var folder = Path.Combine(server.Runs, jobId);
        Directory.CreateDirectory(folder);
        await File.WriteAllLinesAsync(Path.Combine(folder, "train.log"), [$"{SharedServer.Hostile} in a line", SharedServer.HostileScript, "a & b < c", "\u001b[31mred\u001b[0m"]);
        await server.Api.CreateAsync(new
        {
            job_id = jobId,
            job_name = $"{SharedServer.Hostile} job",
            model_name = $"{SharedServer.HostileScript} model",
            model_display_name = $"{SharedServer.HostileScript} model",
            dataset_name = $"\"><b>{SharedServer.Hostile}",
            output_dir = folder,
            total_steps = 40,
            config = new Dictionary<string, object>(StringComparer.Ordinal) { [SharedServer.Hostile] = SharedServer.HostileScript, ["note"] = "'\"><svg onload=alert(3)>" },
        });
        await server.Api.ReportAsync(jobId, new Dictionary<string, object>(StringComparer.Ordinal) { ["step"] = 10, ["train_loss"] = 2.0, ["<b>odd</b>"] = 1 }, new { step = 20, train_loss = 1.8 });
        await server.Api.EvaluateAsync(jobId, 20, 1.9);
        await server.Api.ChangeAsync(jobId, new { status = "failed", error = $"RuntimeError: {SharedServer.Hostile}" });
    }

    /// <summary>Many small jobs, <c>many-001</c> and so on; each eighth has failed.</summary>
    public static Task ManyAsync(JobApi api, int count) =>
        // What comes together is written together.
        Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (i, _) =>
        {
            var jobId = $"many-{i:000}";
            await api.CreateAsync(new { job_id = jobId, job_name = string.Create(CultureInfo.InvariantCulture, $"Job number {i}"), model_name = i % 2 == 0 ? "gpt2" : "llama-3.2-1b", dataset_name = $"set-{i % 5}" });
            await api.ReportAsync(jobId, new { step = 10, train_loss = 1.0 + (i / 1000.0) }, new { step = 20, eval_loss = 1.0 + (i % 97 / 100.0) });
            if (i % 8 == 0) await api.ChangeAsync(jobId, new { status = "failed", error = "out of memory" });
        });

    /// <summary>A job of many training losses, an evaluation at each thousandth step, and a spike of one point in the middle.</summary>
    public static async Task LongAsync(JobApi api, string jobId, int points)
    {
        await api.CreateAsync(new { job_id = jobId, job_name = "A long training", total_steps = points });
        var random = new Random(7);
        // Some pieces, for a server takes what it has read piece by piece anyway, and a text of all of it would be large.
        foreach (var piece in Enumerable.Range(1, points).Chunk(100_000))
            await api.StreamAsync(jobId, piece.Select(step => LongLine(step, points, random)));
    }

    private static string LongLine(int step, int points, Random random)
    {
        var loss = step == points / 2 ? 9.5 : 0.8 + (2.0 * Math.Exp(-4.0 * step / points)) + (random.NextDouble() / 10);
        return step % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{step},\"train_loss\":{loss:0.####},\"eval_loss\":{loss + 0.05:0.####}}}")
            : string.Create(CultureInfo.InvariantCulture, $"{{\"step\":{step},\"train_loss\":{loss:0.####}}}");
    }
}
