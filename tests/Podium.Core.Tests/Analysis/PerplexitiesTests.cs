using Podium.Analysis;

namespace Podium.Core.Tests.Analysis;

public sealed class PerplexitiesTests
{
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1.0, Math.E)]
    [InlineData(2.995732273553991, 20.0)]
    public void Of_Loss_IsItsExponential(double loss, double expected) => Perplexities.Of(loss)!.Value.ShouldBe(expected, 1e-9);

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1000.0)]
    public void Of_NothingThatADoubleHolds_IsNull(double? loss) => Perplexities.Of(loss).ShouldBeNull();
}
