using Podium.Evaluations;
using Podium.Scoring;

namespace Podium.Core.Tests.Scoring;

public sealed class MultiMetricScorerTests
{
    private static readonly MultiMetricScorer Scorer = MultiMetricScorer.Default;

    [Fact]
    public void Score_AllParts_AreWeighed()
    {
        var components = Scorer.Score(0.5, 0.45, 0);

        components.EvalLoss.ShouldBe(0.25, 1e-12);
        components.Overfitting.ShouldBe(0.03, 1e-12);
        components.Perplexity.ShouldBe(0.1 * Math.Exp(0.5) / 20, 1e-12);
        components.Improvement.ShouldBe(-0.1, 1e-12);
        components.Total.ShouldBe(components.EvalLoss + components.Overfitting + components.Perplexity + components.Improvement);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Score_MissingOrNonFiniteEvalLoss_IsInfinite(double? evalLoss) =>
        Scorer.Score(evalLoss, 0.5, 0).Total.ShouldBe(double.PositiveInfinity);

    [Theory]
    [InlineData(null)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Score_TrainLossThatSaysNothing_AppliesNoPenalty(double? trainLoss) =>
        Scorer.Score(1, trainLoss).Overfitting.ShouldBe(0);

    [Fact]
    public void Score_TrainLossZero_IsTheFullPenalty() => Scorer.Score(1, 0).Overfitting.ShouldBe(0.3, 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Score_EvalLossNotAboveZero_AppliesNoOverfittingPenalty(double evalLoss) =>
        Scorer.Score(evalLoss, 0).Overfitting.ShouldBe(0);

    [Fact]
    public void Score_TrainLossAboveEvalLoss_IsNoOverfitting() => Scorer.Score(1, 1.5).Overfitting.ShouldBe(0);

    [Fact]
    public void Score_TwoSided_TakesTheDifferenceEitherWay()
    {
        var twoSided = new MultiMetricScorer(ScoreWeights.Default, GapMode.TwoSided);

        twoSided.Score(1, 1.5).Overfitting.ShouldBe(0.15, 1e-12);
        twoSided.Score(1, 0.5).Overfitting.ShouldBe(0.15, 1e-12);
    }

    [Theory]
    // Below 0.001 the divisor stays 0.001: (0.0005 − 0.0001) / 0.001 = 0.4.
    [InlineData(0.0005, 0.0001, 0.4)]
    [InlineData(0.001, 0.0005, 0.5)]
    [InlineData(0.002, 0.0005, 0.75)]
    public void OverfittingPenalty_TinyEvalLoss_DividesByAtLeastAThousandth(double evalLoss, double trainLoss, double expected) =>
        Scorer.OverfittingPenalty(evalLoss, trainLoss).ShouldBe(expected, 1e-12);

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(1, 0.13591409142295227)]
    [InlineData(3, 1)]
    [InlineData(1000, 1)]
    public void PerplexityPenalty_IsTheShareOfTwenty_AtMostOne(double evalLoss, double expected) =>
        MultiMetricScorer.PerplexityPenalty(evalLoss).ShouldBe(expected, expected == 1 && evalLoss == 3 ? 0.005 : 1e-12);

    [Theory]
    [InlineData(0, -0.1)]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    public void Score_Improvement_OnlyAtNoneWithout(int epochsWithoutImprovement, double expected) =>
        Scorer.Score(1, 1, epochsWithoutImprovement).Improvement.ShouldBe(expected, 1e-12);

    [Fact]
    public void Score_ImprovementNotKnown_GivesNoBonus() => Scorer.Score(1).Improvement.ShouldBe(0);

    [Fact]
    public void Score_OfAnEvaluation_IsThatOfItsNumbers() =>
        Scorer.Score(new Evaluation(10, 1, 0.9, 0.1, 1)).ShouldBe(Scorer.Score(0.9, 0.1, 1));

    [Fact]
    public void Score_OtherWeights_Apply() =>
        new MultiMetricScorer(new ScoreWeights(1, 2, 0, 3)).Score(2, 1, 0).Total.ShouldBe(2 + 2 * 0.5 - 3, 1e-12);
}
