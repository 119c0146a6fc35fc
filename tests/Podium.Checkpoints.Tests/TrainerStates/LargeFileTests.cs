using System.Globalization;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Checkpoints.Tests.TrainerStates;

[Trait("Category", "Slow")]
public sealed class LargeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_HundredMegabytes_IsReadWholeInSeconds()
    {
        var path = _folder.Write("checkpoint-700000/trainer_state.json", "");
        var entries = 0;
        using (var writer = new StreamWriter(path))
        {
            writer.Write("{\n  \"global_step\": 700000,\n  \"log_history\": [");
            for (var written = 0L; written < 100_000_000; entries++)
            {
                var entry = string.Create(CultureInfo.InvariantCulture, $"{(entries == 0 ? "" : ",")}\n    {{\n      \"epoch\": {entries / 100.0},\n      \"eval_loss\": {1.0 + 1.0 / (entries + 1)},\n      \"grad_norm\": NaN,\n      \"step\": {entries + 1}\n    }}");
                writer.Write(entry);
                written += entry.Length;
            }

            writer.Write("\n  ],\n  \"max_steps\": 700000\n}");
        }

        var started = TimeProvider.System.GetTimestamp();
        var run = RunFolderReader.Read(_folder.Path).Runs.Single().Run;

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        run.History.Count.ShouldBe(entries);
        Ranker.Rank(run).Best!.Checkpoint.Step.ShouldBe(700_000);
    }
}
