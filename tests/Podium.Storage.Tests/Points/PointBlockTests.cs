using FsCheck;
using FsCheck.Fluent;
using Podium.Storage.Points;

namespace Podium.Storage.Tests.Points;

public sealed class PointBlockTests
{
    [Fact]
    public void Unpack_AnyPoints_GivesThemBackBitForBit() => Prop.ForAll(
        (from count in Gen.Choose(1, 60)
         from first in Gen.Elements(0L, 1, -5, 1L << 62)
         from distances in Gen.Frequency((1, Gen.Constant(10)), (2, Gen.Choose(1, 1_000_000))).ArrayOf(count)
         from values in Gen.Elements(0.5, double.NaN, double.PositiveInfinity, -0.0, double.Epsilon, 3.25).ArrayOf(count)
         from sources in Gen.Choose(0, 4).ArrayOf(count)
         select (First: first, Distances: distances, Values: values, Sources: sources)).ToArbitrary(),
        any =>
        {
            var step = any.First;
            long[] steps = [.. any.Distances.Select(distance => step += distance)];
            byte[] sources = [.. any.Sources.Select(source => (byte)source)];

            var points = new Winners();
            PointBlock.Unpack(PointBlock.Pack(steps, any.Values, sources), points);

            points.Steps.ToArray().ShouldBe(steps);
            points.Values.ToArray().Select(BitConverter.DoubleToInt64Bits).ShouldBe(any.Values.Select(BitConverter.DoubleToInt64Bits));
            points.Sources.ToArray().ShouldBe(sources);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pack_EvenSteps_TakesLittleMoreThanTheValues()
    {
        long[] steps = [.. Enumerable.Range(0, PointBlock.Length).Select(i => 500L + 10 * i)];
        PointBlock.Pack(steps, new double[PointBlock.Length], new byte[PointBlock.Length]).Length.ShouldBeLessThan(sizeof(double) * PointBlock.Length + 16);
    }

    [Fact]
    public void Unpack_CutOrOtherBytes_SaysSoAndNothingElse()
    {
        var bytes = PointBlock.Pack([1, 2, 5], [1, 2, 3], [0, 0, 1]);
        for (var length = 1; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Should.Throw<InvalidDataException>(() => PointBlock.Unpack(cut, new Winners()));
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            byte[] other = [.. bytes];
            other[i] = 0xFF;
            if (Record.Exception(() => PointBlock.Unpack(other, new Winners())) is { } thrown) thrown.ShouldBeOfType<InvalidDataException>();
        }
    }
}
