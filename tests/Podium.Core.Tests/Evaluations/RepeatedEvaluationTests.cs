using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Evaluations;

public sealed class RepeatedEvaluationTests
{
    private static (long, double)[] Evaluate(HistoryOf history) =>
        [.. EvaluationTimeline.From(history.Build(), MetricKeys.EvalLoss).Evaluations.Select(evaluation => (evaluation.Step, evaluation.Value))];

    [Fact]
    public void From_TwoAtOneStep_TheLaterReplacesTheEarlier() =>
        Evaluate(new HistoryOf().Eval(10, 3).Eval(20, 2).Eval(20, 1.5)).ShouldBe([(10, 3), (20, 1.5)]);

    [Fact]
    public void From_ReplacedByNaN_IsNaN() =>
        Evaluate(new HistoryOf().Eval(10, 3).Eval(10, double.NaN)).ShouldBe([(10, double.NaN)]);

    [Fact]
    public void From_ClosingBetween_TheLaterDoesNotCount() =>
        Evaluate(new HistoryOf().Eval(10, 3).Eval(20, 2).Closing(20).Eval(20, 1.5)).ShouldBe([(10, 3), (20, 2)]);

    [Fact]
    public void From_NewStepAfterClosing_Counts() =>
        Evaluate(new HistoryOf().Eval(10, 3).Closing(20).Eval(20, 1.5)).ShouldBe([(10, 3), (20, 1.5)]);

    [Fact]
    public void From_RepeatedAfterClosing_ReplacesWhatCameAfterIt() =>
        Evaluate(new HistoryOf().Eval(10, 3).Closing(20).Eval(20, 1.5).Eval(20, 1.25)).ShouldBe([(10, 3), (20, 1.25)]);

    [Fact]
    public void From_ClosingWithoutStep_DoesNotCount() =>
        Evaluate(new HistoryOf().Eval(10, 3).Entry(double.NaN, (MetricKeys.TrainRuntime, 9)).Eval(10, 2)).ShouldBe([(10, 2)]);

    [Fact]
    public void From_EvaluationWithoutStep_DoesNotCount() =>
        Evaluate(new HistoryOf().Eval(10, 3).Entry(double.NaN, (MetricKeys.EvalLoss, 1))).ShouldBe([(10, 3)]);

    [Theory]
    [InlineData(10.5)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void From_StepThatIsNoWholeNumber_DoesNotCount(double step) =>
        Evaluate(new HistoryOf().Eval(10, 3).Entry(step, (MetricKeys.EvalLoss, 1))).ShouldBe([(10, 3)]);

    [Fact]
    public void From_Replaced_ImprovementIsJudgedByTheNewValue()
    {
        var evaluations = EvaluationTimeline.From(new HistoryOf().Evals((10, 3), (20, 4), (20, 2), (30, 2.5)).Build(), MetricKeys.EvalLoss).Evaluations;

        evaluations.Select(evaluation => evaluation.EpochsWithoutImprovement).ShouldBe([0, 0, 1]);
    }
}
