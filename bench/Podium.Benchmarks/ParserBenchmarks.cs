using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Podium.Checkpoints.TrainerStates;

namespace Podium.Benchmarks;

/// <summary>The parser by itself: bytes of a trainer_state.json to columns.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private byte[] _text = [];

    [Params(1_000, 10_000, 100_000)]
    public int Entries { get; set; }

    public double Megabytes => _text.Length / 1e6;

    [GlobalSetup]
    public void MakeText()
    {
        _text = Encoding.UTF8.GetBytes(TrainerStateText(Entries));
        Console.WriteLine($"// {Entries} entries are {Megabytes.ToString("0.00", CultureInfo.InvariantCulture)} MB");
    }

    [Benchmark]
    public int Parse() => TrainerStateReader.Parse(_text, "trainer_state.json").GetValueOrThrow().History.Count;

    /// <summary>Text as the Trainer writes it, its numbers as long as real ones: float32 losses, learning rates of a schedule.</summary>
    private static string TrainerStateText(int entries)
    {
        var text = new StringBuilder("{\n  \"best_global_step\": null,\n  \"epoch\": 3.0,\n  \"global_step\": 100,\n  \"log_history\": [\n");
        var random = new Random(1);
        for (var i = 1; i <= entries; i++)
        {
            var loss = (double)(float)(1 + random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"    {{\n      \"epoch\": {i / 100.0},\n");
            if (i % 20 == 0)
                text.Append(CultureInfo.InvariantCulture, $"      \"eval_loss\": {loss},\n      \"eval_runtime\": 12.5013,\n      \"eval_samples_per_second\": 79.992,\n      \"eval_steps_per_second\": 9.999,\n");
            else
                text.Append(CultureInfo.InvariantCulture, $"      \"grad_norm\": {(double)(float)random.NextDouble()},\n      \"learning_rate\": {5e-5 * (1 - i / (entries + 1.0))},\n      \"loss\": {Math.Round(loss, 4)},\n");
            text.Append(CultureInfo.InvariantCulture, $"      \"step\": {i * 10}\n    }}{(i < entries ? "," : "")}\n");
        }

        return text.Append("  ],\n  \"max_steps\": 1000,\n  \"num_train_epochs\": 3\n}").ToString();
    }
}
