using Podium.Analysis;

namespace Podium.Core.Tests.Analysis;

public sealed class ProgressEstimatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ProgressEstimator _estimator = new();
    private double _seconds;

    /// <summary>Trains one step a second and logs every ten steps; pauses come on top, after a step.</summary>
    private void Train(int from, int to, Func<int, double>? pause = null)
    {
        for (var step = from; step <= to; step += 10)
        {
            _estimator.Observe(step, Start.AddSeconds(_seconds));
            _seconds += 10 + (pause?.Invoke(step) ?? 0);
        }
    }

    private double Remaining(long total) => _estimator.Estimate(total).Remaining!.Value.TotalSeconds;

    [Fact]
    public void Estimate_NothingSeen_SaysNothing() => _estimator.Estimate(100).ShouldBe(new ProgressEstimate(0, null, null));

    [Fact]
    public void Estimate_OneObservation_KnowsOnlyTheShare()
    {
        _estimator.Observe(25, Start);

        _estimator.Estimate(100).ShouldBe(new ProgressEstimate(25, null, null));
    }

    [Fact]
    public void Estimate_Steady_IsTheStepsLeft()
    {
        Train(10, 400);

        var estimate = _estimator.Estimate(1000);

        estimate.Percent.ShouldBe(40);
        estimate.SecondsPerStep.ShouldBe(1);
        estimate.Remaining.ShouldBe(TimeSpan.FromSeconds(600));
    }

    [Fact]
    public void Estimate_EvaluationPauses_AreCountedForTheStepsToCome()
    {
        // A minute after every hundredth step: 600 steps with six of them.
        Train(10, 410, step => step % 100 == 0 ? 60 : 0);

        _estimator.Estimate(1010).SecondsPerStep.ShouldBe(1);
        Remaining(1010).ShouldBe(600 + 6 * 60, 30);
    }

    [Fact]
    public void Estimate_Saves_DoNotUpsetIt()
    {
        Train(10, 410, step => step % 100 == 0 ? 5 : 0);

        Remaining(1010).ShouldBe(600 + 6 * 5, 35);
    }

    [Fact]
    public void Estimate_ResumedADayLater_LeavesTheDayOut()
    {
        Train(10, 200);
        _seconds += 86_400;
        Train(210, 400);

        Remaining(1000).ShouldBe(600, 1);
    }

    [Fact]
    public void Estimate_ResumedADayLaterWithEvaluations_LeavesTheDayOut()
    {
        Train(10, 250, step => step % 100 == 0 ? 60 : 0);
        _seconds += 86_400;
        Train(260, 510, step => step % 100 == 0 ? 60 : 0);

        Remaining(1110).ShouldBe(600 + 6 * 60, 60);
    }

    [Fact]
    public void Estimate_StepGoesBack_BeginsANewStretch()
    {
        Train(10, 300);
        _seconds += 3600;
        Train(200, 400);

        _estimator.Step.ShouldBe(400);
        Remaining(1000).ShouldBe(600, 1);
    }

    [Fact]
    public void Estimate_ClockWasSetBack_GoesOn()
    {
        Train(10, 200);
        _seconds -= 5000;
        Train(210, 400);

        Remaining(1000).ShouldBe(600, 1);
    }

    [Fact]
    public void Estimate_SameStepAgain_ChangesNothing()
    {
        Train(10, 400);
        _estimator.Observe(400, Start.AddSeconds(_seconds + 500));

        Remaining(1000).ShouldBe(600, 1);
    }

    [Fact]
    public void Estimate_AtTheEnd_IsZero()
    {
        Train(10, 400);

        _estimator.Estimate(400).Remaining.ShouldBe(TimeSpan.Zero);
        _estimator.Estimate(300).Percent.ShouldBe(100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Estimate_LengthNotKnown_SaysNothing(long total)
    {
        Train(10, 400);

        _estimator.Estimate(total).ShouldBe(new ProgressEstimate(0, null, null));
    }
}
