using Podium.Histories;

namespace Podium.Core.Tests.Histories;

public sealed class MetricKeysTests
{
    [Theory]
    [InlineData("eval_loss", true)]
    [InlineData("eval_wer", true)]
    [InlineData("eval_runtime", false)]
    [InlineData("eval_near_runtime", false)]
    [InlineData("eval_samples_per_second", false)]
    [InlineData("eval_steps_per_second", false)]
    [InlineData("loss", false)]
    public void IsEvaluationMetric_LeavesOutTheRunTime(string metric, bool expected) => MetricKeys.IsEvaluationMetric(metric).ShouldBe(expected);

    [Theory]
    [InlineData("eval_near_loss", true)]
    [InlineData("eval_loss", true)]
    [InlineData("loss", false)]
    [InlineData("eval_losses_seen", false)]
    public void IsEvaluationLoss_IsTheLossOfASet(string metric, bool expected) => MetricKeys.IsEvaluationLoss(metric).ShouldBe(expected);
}
