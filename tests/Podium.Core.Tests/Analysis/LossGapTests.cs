using Podium.Analysis;
using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Analysis;

public sealed class LossGapTests
{
    [Fact]
    public void At_BothLosses_IsTheirDifference() =>
        LossGap.At(new Evaluation(10, null, 2, 1.5, 0)).ShouldBe(new LossGap(0.5, 0.25));

    [Fact]
    public void At_TrainLossAbove_IsBelowZero() =>
        LossGap.At(new Evaluation(10, null, 2, 2.5, 0)).ShouldBe(new LossGap(-0.5, -0.25));

    [Fact]
    public void At_LossNotAboveZero_HasNoRelativeGap() =>
        LossGap.At(new Evaluation(10, null, -1, 1, 0)).ShouldBe(new LossGap(-2, null));

    [Theory]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.0, null)]
    [InlineData(1.0, double.NaN)]
    public void At_ALossIsMissing_IsNull(double evalLoss, double? trainLoss) =>
        LossGap.At(new Evaluation(10, null, evalLoss, trainLoss, 0)).ShouldBeNull();

    [Fact]
    public void OverfittingFrom_EvalRisesWhileTrainFalls_IsTheLowest() =>
        From(new HistoryOf().Loss(10, 2).Eval(10, 2).Loss(20, 1).Eval(20, 1.5).Loss(30, 0.5).Eval(30, 1.75))!.Value.Step.ShouldBe(20);

    [Fact]
    public void OverfittingFrom_BothFall_IsNull() =>
        From(new HistoryOf().Loss(10, 2).Eval(10, 2).Loss(20, 1).Eval(20, 1.5)).ShouldBeNull();

    [Fact]
    public void OverfittingFrom_BothRise_IsNoOverfitting() =>
        From(new HistoryOf().Loss(10, 1).Eval(10, 1).Loss(20, 2).Eval(20, 1.5)).ShouldBeNull();

    [Fact]
    public void OverfittingFrom_LastIsNaN_LooksAtTheLastFinite() =>
        From(new HistoryOf().Loss(10, 2).Eval(10, 1).Loss(20, 1).Eval(20, 2).Loss(30, 0.5).Eval(30, double.NaN))!.Value.Step.ShouldBe(10);

    private static Evaluation? From(HistoryOf history) =>
        LossGap.OverfittingFrom(EvaluationTimeline.From(history.Build(), MetricKeys.EvalLoss).Evaluations);
}
