using System.Text;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Metrics;
using Podium.Server.MLflow.Runs;

namespace Podium.Server.Tests.MLflow;

public sealed class MetricBatchTests
{
    [Fact]
    public void ToEntries_SameStepAndTime_IsOneEntry() =>
        EntriesOf(("loss", 1, 5, 1), ("epoch", 2, 5, 1), ("loss", 3, 10, 1)).ShouldBe(["5: loss=1 epoch=2", "10: loss=3"]);

    [Fact]
    public void ToEntries_KeyByKey_IsPutTogetherByStep() =>
        EntriesOf(("loss", 1, 5, 1), ("loss", 2, 10, 1), ("epoch", 3, 5, 1), ("epoch", 4, 10, 1)).ShouldBe(["5: loss=1 epoch=3", "10: loss=2 epoch=4"]);

    [Fact]
    public void ToEntries_SeveralValuesOfAKeyAtAStep_AreEntriesOfTheirOwn() =>
        EntriesOf(("loss", 1, 5, 1), ("loss", 2, 5, 1), ("loss", 3, 5, 2)).ShouldBe(["5: loss=1", "5: loss=2", "5: loss=3"]);

    [Fact]
    public void ToEntries_StepsThatGoBack_KeepEachKeysOrder() =>
        EntriesOf(("other", 0, 5, 1), ("loss", 1, 10, 1), ("loss", 2, 5, 1)).ShouldBe(["5: other=0", "10: loss=1", "5: loss=2"]);

    [Fact]
    public void ToEntries_ClosingEntry_CallsItsTrainLossTheMean() =>
        EntriesOf(("train_loss", 1, 5, 1), ("train_runtime", 9, 10, 1), ("train_loss", 2, 10, 1)).ShouldBe(["5: train_loss=1", "10: train_runtime=9 train_loss_mean=2"]);

    [Theory]
    [InlineData("""{"run_id":"r","key":"a","value":1,"timestamp":2,"step":3}""", 1, 3)]
    [InlineData("""{"key":"a","value":"1.5","timestamp":"2","step":"3","run_uuid":"r","model_id":null}""", 1.5, 3)]
    [InlineData("""{"run_id":"r","key":"a","value":"-Infinity","timestamp":2.0,"step":-5}""", double.NegativeInfinity, -5)]
    [InlineData("""{"run_id":"r","key":"a","value":"NaN","timestamp":2}""", double.NaN, 0)]
    [InlineData("""{"run_id":"r","key":"a","value":0,"timestamp":2,"step":9007199254740993}""", 0, 9007199254740993)]
    [InlineData("""{"run_id":"r","key":"a","value":"0","timestamp":2,"other":{"deep":[1]}}""", 0, 0)]
    public void ReadMetric_NumbersAsTextsToo_AreTaken(string json, double value, long step)
    {
        var log = LogParser.ReadMetric(Encoding.UTF8.GetBytes(json));
        log.RunId.ShouldBe("r");
        var entry = log.Metrics.ToEntries().ShouldHaveSingleItem();
        entry.Step.ShouldBe(step);
        entry.Time.ShouldBe(2);
        entry.Metrics.ShouldBe([new("a", value)]);
    }

    [Theory]
    [InlineData("""{"run_id":"r","key":"a","timestamp":2}""", "'value'")]
    [InlineData("""{"run_id":"r","key":"a","value":1}""", "'timestamp'")]
    [InlineData("""{"run_id":"r","value":1,"timestamp":2}""", "'key'")]
    [InlineData("""{"key":"a","value":1,"timestamp":2}""", "'run_id'")]
    [InlineData("""{"run_id":"r","key":"a","value":"many","timestamp":2}""", "'value'")]
    [InlineData("""{"run_id":"r","key":"a","value":1,"timestamp":2,"step":1.5}""", "'step'")]
    [InlineData("""{"run_id":"r","key":"a","value":true,"timestamp":2}""", "'value'")]
    public void ReadMetric_WhatIsMissingOrWrong_IsNamed(string json, string named) =>
        Should.Throw<MLflowException>(() => LogParser.ReadMetric(Encoding.UTF8.GetBytes(json))).Message.ShouldContain(named);

    private static string[] EntriesOf(params (string Key, double Value, long Step, long Time)[] points)
    {
        var batch = new MetricBatch();
        foreach (var (key, value, step, time) in points) batch.Add(key, value, time, step);
        return [.. batch.ToEntries().Select(entry => $"{entry.Step}: {string.Join(" ", entry.Metrics.Select(metric => $"{metric.Key}={metric.Value}"))}")];
    }
}
