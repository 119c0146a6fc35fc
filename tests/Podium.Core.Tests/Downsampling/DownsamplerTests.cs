using Podium.Downsampling;

namespace Podium.Core.Tests.Downsampling;

public sealed class DownsamplerTests
{
    [Fact]
    public void Downsample_UpToTheLimit_KeepsEveryPoint()
    {
        long[] steps = [1, 5, 6, 90, 91, 92];
        double[] values = [1, double.NaN, 3, double.PositiveInfinity, 2, 2];

        Downsampler.Downsample(steps, values, 6).ShouldBe([.. steps.Zip(values, (step, value) => new SeriesPoint(step, value))]);
    }

    [Fact]
    public void Downsample_SpikeOfOnePointInAMillion_KeepsIt()
    {
        var (steps, values) = Sine(1_000_000);
        values[654_321] = 50;
        values[654_399] = -50;

        var kept = Downsampler.Downsample(steps, values, 2000);

        kept.Length.ShouldBeInRange(1000, 2000);
        kept.ShouldContain(new SeriesPoint(654_321, 50));
        kept.ShouldContain(new SeriesPoint(654_399, -50));
    }

    [Fact]
    public void Downsample_ShortGapInALongSeries_LeavesItBetweenItsNeighbours()
    {
        var (steps, values) = Sine(100_000);
        values.AsSpan(50_000, 20).Fill(double.NaN);

        var kept = Downsampler.Downsample(steps, values, 500);

        var gap = Array.FindIndex(kept, point => double.IsNaN(point.Value));
        kept[gap].Step.ShouldBe(50_000);
        kept[gap - 1].Step.ShouldBeLessThan(50_000);
        kept[gap + 1].Step.ShouldBeGreaterThanOrEqualTo(50_020);
    }

    [Fact]
    public void Downsample_EndsInNaN_KeepsTheVeryLastPoint()
    {
        var (steps, values) = Sine(1000);
        values[0] = double.NaN;
        values.AsSpan(900).Fill(double.NaN);

        var kept = Downsampler.Downsample(steps, values, 100);

        kept[0].Step.ShouldBe(0);
        kept[^1].Step.ShouldBe(999);
    }

    [Fact]
    public void Add_ManyPoints_AllocatesNothingForThem()
    {
        var (steps, values) = Sine(10_000);
        var downsampler = new Downsampler(100);
        downsampler.Add(steps, values);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++) downsampler.Add(steps, values);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Downsample_LimitBelowTheLowest_SaysSo() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Downsampler.Downsample([1], [1], Downsampler.FewestPoints - 1));

    [Fact]
    public void Downsample_FewerValuesThanSteps_SaysSo() =>
        Should.Throw<ArgumentException>(() => Downsampler.Downsample([1, 2], [1], 10)).Message.ShouldContain("2 steps and 1 values");

    private static (long[] Steps, double[] Values) Sine(int count) =>
        ([.. Enumerable.Range(0, count).Select(i => (long)i)], [.. Enumerable.Range(0, count).Select(i => Math.Sin(i / 300.0))]);
}
