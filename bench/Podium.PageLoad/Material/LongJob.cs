using System.Globalization;

namespace Podium.PageLoad.Material;

/// <summary>A training under way that has reported a million points: 500,000 steps of a loss and a gradient norm, evaluated and saved 100 times.</summary>
internal sealed class LongJob(Calls calls, string name)
{
    private const int Steps = 500_000;
    private const int Between = 5_000;
    private const int Piece = 50_000;

    // Longer than the server waits before it packs, and packs.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(6);

    private readonly Random _random = new(7);
    private int _step;

    public string Name => name;

    /// <summary>Reports all of it, and waits until the server is done with it.</summary>
    public async Task MakeAsync()
    {
        await calls.PostAsync("/api/training/local/jobs", new { job_id = name, job_name = "A long training", model_name = "llama-3.2-1b", dataset_name = "tickets", total_steps = 2 * Steps });
        while (_step < Steps)
        {
            await calls.StreamAsync(name, [.. Enumerable.Range(0, Piece).Select(_ => Line(++_step))]);
            for (var step = _step - Piece + Between; step <= _step; step += Between)
            {
                await calls.PostAsync("/api/training/local/metrics", new { job_id = name, metrics = new[] { new { step, epoch = step / 100_000.0, eval_loss = EvalLoss(step) } } });
                await calls.PostAsync($"/api/training/checkpoints/{name}", new { path = $"checkpoint-{step}", step, size_bytes = 2_471_000_000L });
            }
        }

        // Whoever reads tells the server that there is something to pack.
        await calls.ReadAsync($"/api/training/local/{name}/metrics?keys=loss,grad_norm,eval_loss&max_points=2000");
        await Task.Delay(Quiet);
    }

    /// <summary>Reports the next steps, in one call.</summary>
    /// <param name="steps">How many; each has two points.</param>
    public Task GoOnAsync(int steps) => calls.StreamAsync(name, [.. Enumerable.Range(0, steps).Select(_ => Line(++_step))]);

    private string Line(int step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"step\":{step},\"epoch\":{step / 100_000.0:0.#####},\"train_loss\":{TrainLoss(step) + _random.NextDouble() / 10:0.#####},\"grad_norm\":{0.5 + _random.NextDouble():0.#####}}}");

    private static double TrainLoss(int step) => 0.7 + 2.0 * Math.Exp(-4.0 * step / Steps);

    // It falls, and rises again behind three fifths: there is a best one to find.
    private static double EvalLoss(int step) => TrainLoss(step) + 0.1 + 0.6 * Math.Pow(Math.Max(0, (double)step / Steps - 0.6), 2);
}
