using FsCheck;
using FsCheck.Fluent;

namespace Podium.Core.Tests.Material;

/// <summary>Numbers of every size: ordinary ones, any pattern of bits, and those where a formula bends.</summary>
internal static class AnyDouble
{
    private static readonly Gen<double> Bits = Gen.Choose(0, 65535).ArrayOf(4)
        .Select(parts => BitConverter.UInt64BitsToDouble(((ulong)parts[0] << 48) | ((ulong)parts[1] << 32) | ((ulong)parts[2] << 16) | (uint)parts[3]))
        .Where(double.IsFinite);

    private static readonly Gen<double> Bends = Gen.Elements(
        0, -0.0, 0.001, 0.0009999999, 0.0010000001, Math.Log(20), Math.BitDecrement(Math.Log(20)), 3, 1e-300, double.Epsilon, double.MaxValue, double.MinValue, 1e300, 0.5, 1, -1);

    public static Gen<double> Finite { get; } = Gen.Frequency(
        (3, Gen.Choose(1, 50_000).Select(value => value / 10_000.0)),
        (1, Gen.Choose(-1000, 1000).Select(value => value / 1e6)),
        (2, Bits),
        (1, Bends));

    /// <summary>Two finite numbers that lie further apart than 1e-12 of the larger; many of them hardly further.</summary>
    public static Gen<(double Lower, double Higher)> FinitePair { get; } =
        from one in Finite
        from other in Gen.OneOf(Finite, Gen.Choose(101, 400).Select(hundredths => one * (1 + hundredths * 1e-14)), Gen.Choose(101, 400).Select(hundredths => one * (1 - hundredths * 1e-14)))
        let pair = one < other ? (Lower: one, Higher: other) : (Lower: other, Higher: one)
        where double.IsFinite(other) && FarApart(pair.Lower, pair.Higher)
        select pair;

    public static Gen<double?> TrainLoss { get; } = Gen.Frequency(
        (6, Finite.Select(value => (double?)value)),
        (3, Gen.Choose(0, 50_000).Select(value => (double?)(value / 10_000.0))),
        (1, Gen.Elements<double?>(null, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -1.0)));

    private static bool FarApart(double lower, double higher) =>
        higher - lower > 1e-12 * Math.Max(Math.Abs(lower), Math.Abs(higher));
}
