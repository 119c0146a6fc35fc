using FsCheck;
using FsCheck.Fluent;
using Podium.Histories;

namespace Podium.Core.Tests.Material;

/// <summary>Random logs with what real ones have: NaN losses, repeated steps, steps that go back, lines without a step, closing lines.</summary>
internal static class Logs
{
    // Sixteenths add up without rounding, so that two ways to work out a mean agree to the last bit.
    private static readonly Gen<double> Loss = Gen.Frequency(
        (20, Gen.Choose(1, 64).Select(sixteenths => sixteenths / 16.0)),
        (2, Gen.Constant(double.NaN)),
        (1, Gen.Constant(double.PositiveInfinity)),
        (1, Gen.Constant(0.0)));

    private static readonly Gen<double> EvalLoss = Gen.Frequency((60, Loss), (1, Gen.Choose(-16, 0).Select(sixteenths => sixteenths / 16.0)));

    private static readonly Gen<(string, double)[]> Metrics = Gen.Frequency(
        (8, Loss.Select(value => Line((MetricKeys.Loss, value), (MetricKeys.LearningRate, 1e-4)))),
        (8, EvalLoss.Select(value => Line((MetricKeys.EvalLoss, value)))),
        (4, from value in EvalLoss from accuracy in Loss from epoch in Loss select Line((MetricKeys.EvalLoss, value), ("eval_accuracy", accuracy), (MetricKeys.Epoch, epoch))),
        (1, from value in EvalLoss from loss in Loss select Line((MetricKeys.Loss, loss), (MetricKeys.EvalLoss, value))),
        (1, Loss.Select(value => Line((MetricKeys.TrainRuntime, 100), (MetricKeys.TrainLossMean, value)))),
        (1, Loss.Select(value => Line(("eval_accuracy", value)))));

    private static readonly Gen<int> Advance = Gen.Frequency(
        (8, Gen.Constant(10)),
        (6, Gen.Constant(0)),
        (3, Gen.Choose(1, 9)),
        (1, Gen.Choose(-35, -1)));

    /// <summary>A line that comes some steps after the one before.</summary>
    public static Gen<(int? Advance, (string, double)[] Metrics)> NextLine { get; } =
        from advance in Gen.Frequency((24, Advance.Select(steps => (int?)steps)), (1, Gen.Constant((int?)null)))
        from metrics in Metrics
        select (advance, metrics);

    public static Gen<Log> Any { get; } = NextLine.ArrayOf().Select(lines =>
    {
        var step = 0;
        return new Log([.. lines.Select(line => new LogLine(Next(ref step, line.Advance), line.Metrics))]);
    });

    /// <summary>The step of the next line; NaN where it has none. Steps stay at 0 or above.</summary>
    public static double Next(ref int step, int? advance)
    {
        if (advance is not { } steps) return double.NaN;
        return step = Math.Max(0, step + steps);
    }

    private static (string, double)[] Line(params (string, double)[] metrics) => metrics;
}
