using Podium.Scoring;

namespace Podium.Core.Tests.Scoring;

public sealed class ScoreWeightsTests
{
    [Fact]
    public void Default_IsAsPublished()
    {
        var weights = ScoreWeights.Default;

        (weights.EvalLoss, weights.Overfitting, weights.Perplexity, weights.Improvement).ShouldBe((0.5, 0.3, 0.1, 0.1));
    }

    [Theory]
    [InlineData(-0.1, 0, 0, 1, "evalLoss")]
    [InlineData(1, double.NaN, 0, 0, "overfitting")]
    [InlineData(1, 0, double.PositiveInfinity, 0, "perplexity")]
    [InlineData(1, 0, 0, -1, "improvement")]
    public void New_NegativeOrNotFinite_NamesTheWeight(double evalLoss, double overfitting, double perplexity, double improvement, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ScoreWeights(evalLoss, overfitting, perplexity, improvement)).ParamName.ShouldBe(name);

    [Fact]
    public void New_AllZero_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new ScoreWeights(0, 0, 0, 0));

    [Fact]
    public void New_OneAboveZero_IsEnough() => new ScoreWeights(0, 0, 0.1, 0).Perplexity.ShouldBe(0.1);

    [Fact]
    public void New_SameWeights_AreEqual() => new ScoreWeights(0.5, 0.3, 0.1, 0.1).ShouldBe(ScoreWeights.Default);
}
