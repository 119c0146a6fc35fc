using System.Globalization;
using Podium.Downsampling;
using Podium.Server.Metrics;
using Podium.Server.Pages.JobList;

namespace Podium.Server.Tests.Pages.JobList;

/// <summary>The losses beside a job's name.</summary>
public sealed class LossLinesTests
{
    [Fact]
    public void Of_BothLosses_ShareAScaleAndAreSaid()
    {
        var lines = LossLines.Of(new Sparkline([new(0, 3), new(100, 1)], [new(50, 2), new(100, 2)]));

        lines.Train.Trim().ShouldBe("0,1.5 100,22.5");
        lines.Eval.Trim().ShouldBe("50,12 100,12");
        lines.Words.ShouldBe("evaluation loss from 2.0000 to 2.0000");
    }

    [Fact]
    public void Of_NoLoss_SaysSo() => LossLines.Of(Sparkline.Empty).ShouldBe(new LossLines("", "", "no losses yet"));

    [Fact]
    public void Of_OnePoint_IsSaidAndNotDrawn() => LossLines.Of(new Sparkline([new(5, 1.5)], [])).ShouldBe(new LossLines("", "", "training loss 1.5000"));

    [Fact]
    public void Of_AnyLosses_StaysInsideThePictureAndGoesForward()
    {
        var random = new Random(9);
        for (var round = 0; round < 1000; round++)
        {
            var lines = LossLines.Of(new Sparkline(Any(random), Any(random)));
            foreach (var line in (string[])[lines.Train, lines.Eval])
            {
                var points = PointsOf(line);
                points.ShouldAllBe(point => point.X >= 0 && point.X <= 100 && point.Y >= 1.5 && point.Y <= 22.5, line);
                points.Select(point => point.X).ShouldBeInOrder();
            }
        }
    }

    private static SeriesPoint[] Any(Random random)
    {
        var step = 0L;
        return [.. Enumerable.Range(0, random.Next(0, 64)).Select(_ => new SeriesPoint(step += random.Next(1, 1000), Value(random)))];
    }

    private static double Value(Random random) => random.Next(12) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => double.MaxValue,
        3 => double.MinValue,
        _ => random.NextDouble() * 5,
    };

    private static (double X, double Y)[] PointsOf(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split(',')).Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture)))];
}
