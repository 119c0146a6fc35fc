using Podium.PageLoad.Material;

namespace Podium.PageLoad.Pictures;

/// <summary>A training that has two thirds of its steps behind it, as its trainer reports it.</summary>
internal static class UnderWay
{
    public const string Job = "tickets-lora";

    private const int Steps = 1_200;

    // What is seen of it: how long it took and takes.
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(2.4);

    public static async Task MakeAsync(Calls calls)
    {
        await calls.PostAsync("/api/training/local/jobs", new
        {
            job_id = Job, job_name = "Tickets, LoRA r=16", model_name = "llama-3.2-1b", dataset_name = "tickets", total_steps = 1.5 * Steps,
            config = new { learning_rate = 0.0002, lora_r = 16, scheduler = "cosine" },
        });
        var random = new Random(11);
        var begun = TimeProvider.System.GetUtcNow() - Steps * Each;
        for (var step = 10; step <= Steps; step += 10)
        {
            await calls.PostAsync("/api/training/local/metrics", new
            {
                job_id = Job,
                metrics = new[] { new { step, timestamp = begun + step * Each, epoch = step / 600.0, train_loss = 1.05 + 1.4 * Math.Exp(-step / 300.0) + 0.12 * (random.NextDouble() - 0.5), learning_rate = 0.0001 * (1 + Math.Cos(Math.PI * step / 1.5 / Steps)), grad_norm = 0.9 + 0.5 * random.NextDouble(), tokens_per_second = 5_200 + random.Next(300) } },
            });
            if (step % 100 != 0) continue;
            await calls.PostAsync("/api/training/local/metrics", new { job_id = Job, metrics = new[] { new { step, timestamp = begun + step * Each, epoch = step / 600.0, eval_loss = 1.22 + 1.2 * Math.Exp(-step / 300.0) } } });
            await calls.PostAsync($"/api/training/checkpoints/{Job}", new { path = $"checkpoint-{step}", step, size_bytes = 2_471_645_608L });
        }
    }
}
