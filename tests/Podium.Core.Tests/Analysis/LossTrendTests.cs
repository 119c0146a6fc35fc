using Podium.Analysis;
using Podium.Core.Tests.Material;

namespace Podium.Core.Tests.Analysis;

public sealed class LossTrendTests
{
    [Theory]
    [InlineData(new double[0], LossTrend.InsufficientData)]
    [InlineData(new[] { 2.0, 1.0 }, LossTrend.InsufficientData)]
    [InlineData(new[] { 3.0, 2.0, 1.0 }, LossTrend.Improving)]
    [InlineData(new[] { 1.0, 2.0, 3.0 }, LossTrend.Degrading)]
    [InlineData(new[] { 1.0, 1.0, 1.0 }, LossTrend.Stable)]
    // Slopes of exactly ±0.4 % and ±0.6 % of the mean.
    [InlineData(new[] { 1.004, 1.0, 0.996 }, LossTrend.Stable)]
    [InlineData(new[] { 0.996, 1.0, 1.004 }, LossTrend.Stable)]
    [InlineData(new[] { 1.006, 1.0, 0.994 }, LossTrend.Improving)]
    [InlineData(new[] { 0.994, 1.0, 1.006 }, LossTrend.Degrading)]
    // Up and down: the least squares see no slope.
    [InlineData(new[] { 1.0, 2.0, 1.0, 2.0, 1.0 }, LossTrend.Stable)]
    [InlineData(new[] { 0.0, 0.0, 0.0 }, LossTrend.Stable)]
    // Below zero a rising loss degrades as well.
    [InlineData(new[] { -3.0, -2.0, -1.0 }, LossTrend.Degrading)]
    public void Of_Losses_IsTheSlopeOverTheMean(double[] losses, LossTrend expected) => LossTrends.Of(losses).ShouldBe(expected);

    [Fact]
    public void Of_History_LooksAtTheLastFiveEvaluations() =>
        LossTrends.Of(new HistoryOf().Evals((1, 99), (2, 50), (3, 1), (4, 1.1), (5, 1.2), (6, 1.3), (7, 1.4)).Build()).ShouldBe(LossTrend.Degrading);

    [Fact]
    public void Of_HistoryWithNaN_LooksPastIt() =>
        LossTrends.Of(new HistoryOf().Evals((1, 3), (2, 2), (3, double.NaN), (4, 1)).Build()).ShouldBe(LossTrend.Improving);

    [Fact]
    public void Of_TwoEvaluations_AreTooFewWhateverTheTraining()
    {
        var history = new HistoryOf();
        for (var i = 1; i <= 30; i++) history.Loss(i, 30 - i);

        LossTrends.Of(history.Evals((10, 3), (20, 2)).Build()).ShouldBe(LossTrend.InsufficientData);
    }

    [Fact]
    public void Of_NoEvaluations_LooksAtTheLastTwentyTrainingLosses()
    {
        var history = new HistoryOf();
        for (var i = 0; i < 20; i++) history.Loss(i, 100 - i);
        for (var i = 20; i < 40; i++) history.Loss(i, 1 + 0.1 * (i - 20));

        LossTrends.Of(history.Build()).ShouldBe(LossTrend.Degrading);
    }

    [Fact]
    public void Of_NoEvaluations_MeansHideTheNoise()
    {
        var history = new HistoryOf();
        for (var i = 0; i < 20; i++) history.Loss(i, i % 2 == 0 ? 1 : 3);

        LossTrends.Of(history.Build()).ShouldBe(LossTrend.Stable);
    }

    [Fact]
    public void Of_AnotherKey_IsTakenForTheEvaluationLoss() =>
        LossTrends.Of(new HistoryOf().Entry(1, ("eval_near_loss", 1)).Entry(2, ("eval_near_loss", 2)).Entry(3, ("eval_near_loss", 3)).Build(), "eval_near_loss")
            .ShouldBe(LossTrend.Degrading);

    [Theory]
    [InlineData(LossTrend.InsufficientData, "insufficient_data")]
    [InlineData(LossTrend.Improving, "improving")]
    [InlineData(LossTrend.Stable, "stable")]
    [InlineData(LossTrend.Degrading, "degrading")]
    public void Spelling_IsThatOfTheContract(LossTrend trend, string expected) => trend.Spelling().ShouldBe(expected);
}
