using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Evaluations;

public sealed class EvaluationMatcherTests
{
    private static EvaluationMatcher Matcher(params long[] steps)
    {
        var history = new HistoryOf();
        foreach (var step in steps) history.Eval(step, 1.0);
        return new EvaluationMatcher(EvaluationTimeline.From(history.Build(), MetricKeys.EvalLoss));
    }

    [Fact]
    public void Find_OwnStep_TakesIt() => Matcher(10, 20, 30).Find(20)!.Value.Step.ShouldBe(20);

    [Fact]
    public void Find_OwnStepIsNaN_TakesItAllTheSame()
    {
        var timeline = EvaluationTimeline.From(new HistoryOf().Evals((10, 1), (20, double.NaN), (30, 1)).Build(), MetricKeys.EvalLoss);

        new EvaluationMatcher(timeline).Find(20)!.Value.Value.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData(24, 20L)]
    [InlineData(26, 30L)]
    [InlineData(25, 20L)]
    [InlineData(40, 30L)]
    [InlineData(41, null)]
    [InlineData(1, 10L)]
    [InlineData(0, 10L)]
    [InlineData(-1, null)]
    public void Find_NoOwn_TakesTheNearestWithinTheMedianDistance_TiesToTheLower(long step, long? expected) =>
        (Matcher(10, 20, 30).Find(step)?.Step).ShouldBe(expected);

    [Theory]
    // Distances 10, 10, 100: the median is 10.
    [InlineData(new long[] { 10, 20, 30, 130 }, 41, null)]
    [InlineData(new long[] { 10, 20, 30, 130 }, 120, 130L)]
    [InlineData(new long[] { 10, 20, 30, 130 }, 119, null)]
    // Distances 10, 20: the median is 15.
    [InlineData(new long[] { 10, 20, 40 }, 55, 40L)]
    [InlineData(new long[] { 10, 20, 40 }, 56, null)]
    [InlineData(new long[] { 10, 20, 40 }, 30, 20L)]
    public void Find_UnequalDistances_ReachesAsFarAsTheirMedian(long[] evaluated, long step, long? expected)
    {
        var found = Matcher(evaluated).Find(step);

        (found?.Step).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1, 100L)]
    [InlineData(200, 100L)]
    [InlineData(201, null)]
    public void Find_SingleEvaluation_ReachesAsFarAsItsStep(long step, long? expected)
    {
        var found = Matcher(100).Find(step);

        (found?.Step).ShouldBe(expected);
    }

    [Fact]
    public void Find_NoEvaluations_IsNull() => Matcher().Find(10).ShouldBeNull();

    [Fact]
    public void Find_NearestIsNaN_TakesIt()
    {
        var timeline = EvaluationTimeline.From(new HistoryOf().Evals((10, 1), (20, double.NaN)).Build(), MetricKeys.EvalLoss);

        new EvaluationMatcher(timeline).Find(18)!.Value.IsFinite.ShouldBeFalse();
    }

    [Fact]
    public void Find_LogGoesBack_SearchesByStep()
    {
        var matcher = Matcher(30, 10, 20);

        (matcher.Find(12)?.Step).ShouldBe(10);
        (matcher.Find(40)?.Step).ShouldBe(30);
    }
}
