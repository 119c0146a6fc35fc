using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Evaluations;

public sealed class TrainLossTests
{
    private static IReadOnlyList<Evaluation> Evaluate(HistoryOf history) => EvaluationTimeline.From(history.Build(), MetricKeys.EvalLoss).Evaluations;

    private static double? TrainLossOfLast(HistoryOf history) => Evaluate(history)[^1].TrainLoss;

    private static void ShouldBeLast(HistoryOf history, double expected) => TrainLossOfLast(history)!.Value.ShouldBe(expected, 1e-12);

    [Fact]
    public void TrainLoss_FirstEvaluation_AveragesFromTheStart() =>
        ShouldBeLast(new HistoryOf().Loss(5, 2).Loss(10, 1).Eval(10, 3), 1.5);

    [Fact]
    public void TrainLoss_UnequalDistances_WeighsByTheSteps() =>
        ShouldBeLast(new HistoryOf().Loss(2, 4).Loss(10, 1).Eval(10, 3), 1.6);

    [Fact]
    public void TrainLoss_SecondEvaluation_TakesItsOwnWindowOnly() =>
        ShouldBeLast(new HistoryOf().Loss(5, 2).Loss(10, 1).Eval(10, 3).Loss(16, 0.6).Loss(20, 0.2).Eval(20, 2), 0.44);

    [Fact]
    public void TrainLoss_WindowIsOpenBelow_LeavesOutTheLossAtTheEvaluationBefore() =>
        ShouldBeLast(new HistoryOf().Eval(10, 3).Loss(10, 100).Loss(20, 2).Eval(20, 2), 2);

    [Fact]
    public void TrainLoss_FirstWeight_IsFromStepZeroEvenAfterAnEvaluation() =>
        // The training entry before the one at 12 is none: u is 0, so that it weighs 12 against 8.
        ShouldBeLast(new HistoryOf().Eval(10, 3).Loss(12, 1).Loss(20, 2).Eval(20, 2), (12 * 1 + 8 * 2) / 20.0);

    [Fact]
    public void TrainLoss_TwoAtOneStep_WeighAtLeastOne() =>
        ShouldBeLast(new HistoryOf().Loss(10, 1).Loss(10, 3).Eval(10, 3), 13 / 11.0);

    [Fact]
    public void TrainLoss_AtStepZero_WeighsOne() =>
        ShouldBeLast(new HistoryOf().Loss(0, 3).Loss(10, 1).Eval(10, 3), 13 / 11.0);

    [Fact]
    public void TrainLoss_StepGoesBack_WeighsOne() =>
        ShouldBeLast(new HistoryOf().Loss(10, 1).Loss(5, 3).Eval(10, 3), 13 / 11.0);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void TrainLoss_NonFiniteInTheWindow_IsSkippedButMovesOn(double broken) =>
        // Weights 5 and 10 − 8 = 2.
        ShouldBeLast(new HistoryOf().Loss(5, 2).Loss(8, broken).Loss(10, 1).Eval(10, 3), 12 / 7.0);

    [Fact]
    public void TrainLoss_NoneInTheWindow_TakesTheLastFiniteOneBefore() =>
        ShouldBeLast(new HistoryOf().Loss(5, 2).Loss(10, 1).Eval(10, 3).Eval(15, 2), 1);

    [Fact]
    public void TrainLoss_OnlyNaNInTheWindow_TakesTheLastFiniteOneBefore() =>
        ShouldBeLast(new HistoryOf().Loss(8, 1.25).Loss(10, double.NaN).Eval(10, 3).Loss(18, double.NaN).Eval(20, 2), 1.25);

    [Fact]
    public void TrainLoss_AfterANaNEvaluation_TheWindowBeginsThereAllTheSame() =>
        ShouldBeLast(new HistoryOf().Loss(10, 9).Eval(10, double.NaN).Loss(20, 2).Eval(20, 2), 2);

    [Fact]
    public void TrainLoss_NothingLoggedBefore_IsNull() =>
        TrainLossOfLast(new HistoryOf().Eval(10, 3).Loss(20, 2)).ShouldBeNull();

    [Fact]
    public void TrainLoss_NothingFinite_IsNull() =>
        TrainLossOfLast(new HistoryOf().Loss(10, double.NaN).Eval(10, 3)).ShouldBeNull();

    [Fact]
    public void TrainLoss_ClosingMean_IsNeverT() =>
        TrainLossOfLast(new HistoryOf().Closing(10).Eval(20, 3)).ShouldBeNull();

    [Fact]
    public void TrainLoss_LinesWithoutStep_DoNotCount() =>
        ShouldBeLast(new HistoryOf().Loss(5, 2).Entry(double.NaN, (MetricKeys.Loss, 50)).Loss(10, 1).Eval(10, 3), 1.5);

    [Fact]
    public void TrainLoss_OfEachEvaluation_StandsBesideItsOwn()
    {
        var evaluations = Evaluate(new HistoryOf().Loss(10, 2).Eval(10, 3).Loss(20, 1).Eval(20, 2).Loss(30, 0.5).Eval(30, 4));

        evaluations.Select(evaluation => evaluation.TrainLoss).ShouldBe([2, 1, 0.5]);
    }

    [Fact]
    public void TrainLoss_LossLoggedLaterAtAnEarlierStep_CountsForThatWindowToo()
    {
        var timeline = new EvaluationTimeline();
        var history = new HistoryOf().Loss(10, 2).Eval(100, 3).Eval(50, 2);
        timeline.ReadOn(history.Build(), MetricKeys.EvalLoss);
        timeline.Evaluations[0].TrainLoss.ShouldBe(2);

        // Weighs 1, the one at 10 weighs 10.
        timeline.ReadOn(history.Loss(60, 13).Build(), MetricKeys.EvalLoss);

        timeline.Evaluations[0].TrainLoss!.Value.ShouldBe((10 * 2 + 50 * 13) / 60.0, 1e-12);
    }
}
