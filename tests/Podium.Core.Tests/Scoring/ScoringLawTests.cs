using FsCheck;
using FsCheck.Fluent;
using Podium.Core.Tests.Material;
using Podium.Scoring;

namespace Podium.Core.Tests.Scoring;

public sealed class ScoringLawTests
{
    [Fact]
    public void Score_LowerEvalLossAllElseEqual_IsNeverWorse() => Law.Holds(
        from pair in AnyDouble.FinitePair
        from trainLoss in AnyDouble.TrainLoss
        from epochsWithoutImprovement in Gen.Choose(0, 3)
        select (pair.Lower, pair.Higher, trainLoss, epochsWithoutImprovement),
        scored => MultiMetricScorer.Default.Score(scored.Lower, scored.trainLoss, scored.epochsWithoutImprovement).Total
            .ShouldBeLessThanOrEqualTo(MultiMetricScorer.Default.Score(scored.Higher, scored.trainLoss, scored.epochsWithoutImprovement).Total),
        count: 20_000);

    [Fact]
    public void Score_LowerEvalLoss_IsNeverWorseByOtherWeightsEither() => Law.Holds(
        from pair in AnyDouble.FinitePair
        from trainLoss in AnyDouble.TrainLoss
        from weights in Weights
        select (pair.Lower, pair.Higher, trainLoss, weights),
        scored =>
        {
            var scorer = new MultiMetricScorer(scored.weights);
            scorer.Score(scored.Lower, scored.trainLoss).Total.ShouldBeLessThanOrEqualTo(scorer.Score(scored.Higher, scored.trainLoss).Total);
        },
        count: 10_000);

    [Fact]
    public void Score_AnyNumbers_ComponentsAddUpToIt() => Law.Holds(
        from evalLoss in AnyDouble.Finite
        from trainLoss in AnyDouble.TrainLoss
        from epochsWithoutImprovement in Gen.Choose(0, 3)
        select (evalLoss, trainLoss, epochsWithoutImprovement),
        scored =>
        {
            var parts = MultiMetricScorer.Default.Score(scored.evalLoss, scored.trainLoss, scored.epochsWithoutImprovement);
            parts.Total.ShouldBe(parts.EvalLoss + parts.Overfitting + parts.Perplexity + parts.Improvement);
            double.IsFinite(parts.Total).ShouldBeTrue();
            parts.Overfitting.ShouldBeInRange(0, 0.3);
            parts.Perplexity.ShouldBeInRange(0, 0.1);
            parts.Improvement.ShouldBeInRange(-0.1, 0);
        },
        count: 10_000);

    [Fact]
    public void Score_OrdinaryNumbers_IsTheFormula() => Law.Holds(
        from evalLoss in Gen.Choose(1, 8000)
        from trainLoss in Gen.Choose(0, 8000)
        from epochsWithoutImprovement in Gen.Choose(0, 2)
        select (E: evalLoss / 1000.0, T: trainLoss / 1000.0, epochsWithoutImprovement),
        scored =>
        {
            var (e, t, without) = scored;
            var formula = 0.5 * e + 0.3 * Math.Max(0, e - t) / Math.Max(e, 0.001) + 0.1 * Math.Min(Math.Exp(e) / 20, 1) - (without == 0 ? 0.1 : 0);
            MultiMetricScorer.Default.Score(e, t, without).Total.ShouldBe(formula, 1e-12);
        },
        count: 5000);

    private static Gen<ScoreWeights> Weights { get; } =
        from weights in Gen.Choose(0, 1000).Select(thousandths => thousandths / 1000.0).ArrayOf(4)
        where weights.Sum() > 0
        select new ScoreWeights(weights[0], weights[1], weights[2], weights[3]);
}
