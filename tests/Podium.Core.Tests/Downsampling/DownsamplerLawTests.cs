using FsCheck;
using FsCheck.Fluent;
using Podium.Core.Tests.Material;
using Podium.Downsampling;

namespace Podium.Core.Tests.Downsampling;

public sealed class DownsamplerLawTests
{
    [Fact]
    public void Downsample_AnySeries_KeepsOnlyWhatWasThereInItsOrderAndWithinTheLimit() => Law.Holds(Any, series =>
    {
        var kept = series.Downsample();
        kept.Length.ShouldBeLessThanOrEqualTo(series.MaxPoints);
        kept.ShouldBeSubsetOf(series.Points);
        for (var i = 1; i < kept.Length; i++) kept[i].Step.ShouldBeGreaterThan(kept[i - 1].Step);
    });

    [Fact]
    public void Downsample_AnySeries_KeepsItsEndsItsLowestAndItsHighest() => Law.Holds(Any, series =>
    {
        if (series.Points.Length == 0) return;
        var kept = series.Downsample();
        kept[0].ShouldBe(series.Points[0]);
        kept[^1].ShouldBe(series.Points[^1]);
        var numbers = series.Points.Where(IsNumber).ToArray();
        if (numbers.Length == 0) return;
        kept.ShouldContain(numbers.MinBy(point => point.Value));
        kept.ShouldContain(numbers.MaxBy(point => point.Value));
    });

    [Fact]
    public void Downsample_UpToTheLimitOrAgain_ChangesNothing() => Law.Holds(Any, series =>
    {
        var kept = series.Downsample();
        if (series.Points.Length <= series.MaxPoints) kept.ShouldBe(series.Points);
        (series with { Points = kept }).Downsample().ShouldBe(kept);
    });

    [Fact]
    public void Downsample_OneStretchOfNoNumbers_IsStillAGapBetweenTheSameNumbers() => Law.Holds(
        from series in Any
        from start in Gen.Choose(0, 300)
        from length in Gen.Choose(1, 60)
        select (Series: series, Start: start, Length: length),
        any =>
        {
            var points = any.Series.Points.Select((point, i) => new SeriesPoint(
                point.Step, i >= any.Start && i < any.Start + any.Length ? double.NaN : IsNumber(point) ? point.Value : 0)).ToArray();
            if (any.Start + any.Length >= points.Length || any.Start == 0) return;

            var kept = (any.Series with { Points = points }).Downsample();

            var gap = Array.FindIndex(kept, point => !IsNumber(point));
            gap.ShouldBeGreaterThan(0);
            kept[gap - 1].Step.ShouldBeLessThan(points[any.Start].Step);
            kept.Skip(gap).First(IsNumber).Step.ShouldBeGreaterThanOrEqualTo(points[any.Start + any.Length].Step);
        });

    [Fact]
    public void Add_InPiecesOfAnySize_GivesTheSame() => Law.Holds(
        from series in Any
        from sizes in Gen.Choose(0, 90).ArrayOf(10)
        select (Series: series, Sizes: sizes),
        any =>
        {
            var downsampler = new Downsampler(any.Series.MaxPoints);
            ReadOnlySpan<long> steps = any.Series.Steps;
            ReadOnlySpan<double> values = any.Series.Values;
            foreach (var size in any.Sizes)
            {
                var piece = Math.Min(size, steps.Length);
                downsampler.Add(steps[..piece], values[..piece]);
                steps = steps[piece..];
                values = values[piece..];
            }

            downsampler.Add(steps, values);
            downsampler.Count.ShouldBe(any.Series.Points.Length);
            downsampler.ToArray().ShouldBe(any.Series.Downsample());
        });

    private static readonly Gen<double> Value = Gen.Frequency(
        (12, AnyDouble.Finite),
        (1, Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity)));

    private static readonly Gen<Series> Any =
        from count in Gen.Frequency((1, Gen.Choose(0, 12)), (3, Gen.Choose(0, 400)))
        from values in Value.ArrayOf(count)
        from distances in Gen.Choose(1, 5).ArrayOf(count)
        from limit in Gen.Frequency((1, Gen.Choose(Downsampler.FewestPoints, 12)), (2, Gen.Choose(Downsampler.FewestPoints, 100)))
        select Series.Of(values, distances, limit);

    private static bool IsNumber(SeriesPoint point) => double.IsFinite(point.Value);

    private sealed record Series(SeriesPoint[] Points, int MaxPoints)
    {
        public long[] Steps => [.. Points.Select(point => point.Step)];

        public double[] Values => [.. Points.Select(point => point.Value)];

        public static Series Of(double[] values, int[] distances, int maxPoints)
        {
            var step = 0L;
            return new Series([.. values.Zip(distances, (value, distance) => new SeriesPoint(step += distance, value))], maxPoints);
        }

        public SeriesPoint[] Downsample() => Downsampler.Downsample(Steps, Values, MaxPoints);

        public override string ToString() => $"at most {MaxPoints} of {string.Join(' ', Points.Select(point => $"{point.Step}:{point.Value}"))}";
    }
}
