using Podium.Histories;

namespace Podium.Core.Tests.Material;

/// <summary>One line of a made-up log; <see cref="Step"/> is NaN where it has none.</summary>
internal sealed record LogLine(double Step, params (string Metric, double Value)[] Metrics)
{
    public double? Find(string metric)
    {
        foreach (var (name, value) in Metrics)
            if (name == metric)
                return value;

        return null;
    }

    public override string ToString() => $"{Step}: {string.Join(", ", Metrics.Select(metric => $"{metric.Metric}={metric.Value:R}"))}";

    public static TrainingHistory HistoryOf(IEnumerable<LogLine> lines)
    {
        var history = new HistoryOf();
        foreach (var line in lines) history.Entry(line.Step, line.Metrics);
        return history.Build();
    }
}

/// <summary>A made-up log that prints itself line by line.</summary>
internal sealed record Log(LogLine[] Lines)
{
    public TrainingHistory History => LogLine.HistoryOf(Lines);

    public override string ToString() => $"log of {Lines.Length} lines\n  {string.Join("\n  ", Lines.Select(line => line.ToString()))}\n";

    public static IEnumerable<Log> Smaller(Log log) => Law.WithoutOne(log.Lines).Select(lines => new Log(lines));
}
