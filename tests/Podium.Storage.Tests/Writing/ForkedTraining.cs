using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Jobs;

namespace Podium.Storage.Tests.Writing;

/// <summary>A training that was resumed from earlier checkpoints again and again: what happened, in order, and what its folder then holds.</summary>
internal sealed class ForkedTraining
{
    private const int LogEvery = 10;
    private const int SaveEvery = 20;

    private readonly Random _random;
    private readonly bool _partsAtALoss;
    private readonly List<List<JobReportEntry>> _histories = [];
    private readonly Dictionary<string, JobReportEntry[]> _saved = new(StringComparer.Ordinal);

    public ForkedTraining(int seed, bool partsAtALoss = false)
    {
        _random = new Random(seed);
        _partsAtALoss = partsAtALoss;
        var forks = _random.Next(4);
        List<JobReportEntry> history = [];
        Train(history, 0, SaveEvery * (2 + _random.Next(5)), null);
        _histories.Add(history);
        for (var i = 0; i < forks; i++)
        {
            var older = _histories[^1];
            var last = older[^1].Step;
            // Resumed from a checkpoint before the last one, so that it goes back over steps that were logged.
            var from = SaveEvery * _random.NextInt64(last / SaveEvery);
            history = [.. older.Where(entry => entry.Step <= from)];
            Train(history, from, from + SaveEvery * (1 + _random.Next(5)), older);
            _histories.Add(history);
        }

        if (_random.Next(2) == 0)
        {
            var end = _histories[^1][^1].Step;
            Log(_histories[^1], end, ("train_runtime", 60.5), ("train_loss_mean", 1.5), ("epoch", end / 100.0));
        }
    }

    /// <summary>What happened: entries that were logged, and checkpoints that were saved (those have a path).</summary>
    public List<(JobReportEntry Entry, string? Path)> Happened { get; } = [];

    /// <summary>The runs as a reader of the folder finds them, the oldest first.</summary>
    public IReadOnlyList<Run> Runs => RunsAfter(_histories.Count);

    /// <summary>How many points were logged.</summary>
    public int PointCount => Happened.Where(one => one.Path is null).Sum(one => one.Entry.Metrics.Count);

    /// <summary>The histories, each as far as a ranking reads it.</summary>
    public IReadOnlyList<TrainingHistory> RankedHistories => [.. _histories.Select(history => Build(history, metric => RankedMetrics.Include(metric, null)))];

    public IReadOnlyList<Run> RunsAfter(int count)
    {
        var histories = _histories.Take(count).Select(history => Build(history, _ => true)).ToArray();
        return
        [
            .. histories.Select(history => new Run(history, [
                .. _saved.Where(saved => history.StartsWith(Build(saved.Value, _ => true))).Select(saved => new Checkpoint(saved.Key, StepOf(saved.Key))),
            ])),
        ];
    }

    public static long StepOf(string path) => long.Parse(path["checkpoint-".Length..]);

    private void Train(List<JobReportEntry> history, long from, long to, List<JobReportEntry>? older)
    {
        // Some forks log the same for a while, as a rounded loss may, and part only at an evaluation.
        // (At the very last step of the older one another value only replaces it: nothing tells of a fork there.)
        var isSame = older is not null && !_partsAtALoss && from + SaveEvery < older[^1].Step && _random.Next(3) == 0;
        for (var step = from + LogEvery; step <= to; step += LogEvery)
        {
            var before = older?.Find(entry => entry.Step == step && entry.Metrics[0].Key == "loss");
            Log(history, step, isSame && before is { Metrics: { } } known ? [.. known.Metrics.Select(metric => (metric.Key, metric.Value))] : [("loss", Value()), ("learning_rate", 1.0 / step), ("epoch", step / 100.0)]);
            if (step % SaveEvery != 0) continue;
            isSame = false;
            Log(history, step, ("eval_loss", _random.Next(20) == 0 ? double.NaN : Value()), ("eval_runtime", Value()), ("epoch", step / 100.0));
            var path = $"checkpoint-{step}";
            _saved[path] = [.. history];
            Happened.Add((history[^1], path));
        }
    }

    private void Log(List<JobReportEntry> history, long step, params (string Key, double Value)[] metrics)
    {
        var entry = new JobReportEntry(step, null, [.. metrics.Select(metric => new KeyValuePair<string, double>(metric.Key, metric.Value))]);
        history.Add(entry);
        Happened.Add((entry, null));
    }

    private double Value() => Math.Round(0.5 + 2 * _random.NextDouble(), 6);

    private static TrainingHistory Build(IEnumerable<JobReportEntry> entries, Func<string, bool> wanted)
    {
        var builder = new TrainingHistoryBuilder();
        foreach (var entry in entries)
        {
            var metrics = entry.Metrics.Where(metric => wanted(metric.Key)).ToArray();
            if (metrics.Length == 0) continue;
            builder.BeginEntry();
            builder.SetStep(entry.Step);
            foreach (var (metric, value) in metrics) builder.Set(metric, value);
        }

        return builder.Build();
    }
}
