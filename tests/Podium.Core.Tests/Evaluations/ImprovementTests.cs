using Podium.Core.Tests.Material;
using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Core.Tests.Evaluations;

public sealed class ImprovementTests
{
    public static TheoryData<double[], int[]> Histories => new()
    {
        { [3.0, 2.0, 1.0], [0, 0, 0] },
        { [3.0, 3.0], [0, 1] },
        { [3.0, 2.0, double.NaN, 1.9, 1.9, 2.5], [0, 0, 1, 0, 1, 2] },
        { [double.NaN, 2.0], [1, 0] },
        { [double.NaN, double.PositiveInfinity, 2.0], [1, 2, 0] },
        { [2.0, double.NaN, 2.5], [0, 1, 2] },
        { [2.0, double.NaN, double.NaN, 1.0], [0, 1, 2, 0] },
        { [2.0, double.NegativeInfinity, 1.0], [0, 1, 0] },
        // Better than the one before is enough, also far above the best.
        { [1.0, 5.0, 4.0, 3.0, 3.5], [0, 1, 0, 0, 1] },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void EpochsWithoutImprovement_CountsEvaluationsThatDidNotImproveOnTheOneBefore(double[] losses, int[] expected)
    {
        var history = new HistoryOf();
        for (var i = 0; i < losses.Length; i++) history.Eval(10 * (i + 1), losses[i]);

        var evaluations = EvaluationTimeline.From(history.Build(), MetricKeys.EvalLoss).Evaluations;

        evaluations.Select(evaluation => evaluation.EpochsWithoutImprovement).ShouldBe(expected);
        evaluations.Select(evaluation => evaluation.Improved).ShouldBe(expected.Select(count => count == 0));
    }

    [Fact]
    public void From_EntryWithEpoch_KeepsIt()
    {
        var history = new HistoryOf().Entry(10, (MetricKeys.EvalLoss, 2), (MetricKeys.Epoch, 0.5)).Eval(20, 1).Build();

        EvaluationTimeline.From(history, MetricKeys.EvalLoss).Evaluations.Select(evaluation => evaluation.Epoch).ShouldBe([0.5, null]);
    }

    [Fact]
    public void From_MetricThatIsNotThere_HasNoEvaluations() =>
        EvaluationTimeline.From(new HistoryOf().Loss(10, 1).Build(), "eval_wer").Count.ShouldBe(0);
}
