using Podium.Checkpoints.Sweeps;
using Podium.Checkpoints.Tests.Material;

namespace Podium.Checkpoints.Tests.Sweeps;

/// <summary>Whether two runs' losses may be compared.</summary>
public sealed class EvaluationSetTests : IDisposable
{
    private readonly RunOnDisk _one = new();
    private readonly RunOnDisk _other = new();

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    private static StateText Evaluated(double runtime, double samplesPerSecond, string extra = "\"eval_x\": 1.0") => new StateText()
        .Entry("\"eval_loss\": 1.5", $"\"eval_runtime\": {StateText.Number(runtime)}", $"\"eval_samples_per_second\": {StateText.Number(samplesPerSecond)}", extra, "\"step\": 10");

    private static EvaluationSet SetOf(RunOnDisk run)
    {
        var folder = run.Read();
        return EvaluationSet.Of(folder, folder.Runs[0]);
    }

    private string? Difference(StateText one, StateText other)
    {
        _one.Checkpoint("checkpoint-10", one.ToString());
        _other.Checkpoint("checkpoint-10", other.ToString());
        return SetOf(_one).DifferenceFrom(SetOf(_other));
    }

    [Fact]
    public void Of_RuntimeTimesRate_IsTheNumberOfSamples()
    {
        // 1000 samples in 12.3456 s: 81.0005… a second, logged as 81.001.
        _one.Checkpoint("checkpoint-10", Evaluated(12.3456, 81.001).ToString());

        var set = SetOf(_one);

        set.Samples!.Value.ShouldBe(1000, 0.01);
        set.Tolerance.ShouldBe(1000.006 * (0.00005 / 12.3456 + 0.0005 / 81.001), 1e-6);
        set.Metrics.ShouldBe(["eval_loss", "eval_x"]);
        set.Tokenizer.ShouldBeNull();
    }

    [Fact]
    public void Of_SeveralEvaluations_TakesTheOneThatWasRoundedLeast()
    {
        var log = new StateText()
            .Entry("\"eval_loss\": 2.0", "\"eval_runtime\": 0.001", "\"eval_samples_per_second\": 900.0", "\"step\": 10")
            .Entry("\"eval_loss\": 1.0", "\"eval_runtime\": 20.0", "\"eval_samples_per_second\": 50.0", "\"step\": 20")
            .Entry("\"eval_loss\": 1.0", "\"eval_runtime\": NaN", "\"eval_samples_per_second\": 50.0", "\"step\": 30")
            .Entry("\"eval_loss\": 1.0", "\"eval_runtime\": 90.0", "\"step\": 40");
        _one.Checkpoint("checkpoint-40", log.ToString());

        SetOf(_one).Samples.ShouldBe(1000);
    }

    [Fact]
    public void DifferenceFrom_SameSetAtAnotherSpeed_IsNone() =>
        // 500 samples in 2.0 s and in 0.0123 s: the second is 0.0123 ± 0.00005, so 500 ± 2.
        Difference(Evaluated(2, 250), Evaluated(0.0123, 40_775)).ShouldBeNull();

    [Fact]
    public void DifferenceFrom_AnotherNumberOfSamples_SaysBoth() =>
        Difference(Evaluated(2, 250), Evaluated(2, 300)).ShouldBe("evaluated on about 500 samples, not 600");

    [Fact]
    public void DifferenceFrom_OneSampleMore_IsSeenWhereTheFactorsAreExactEnough() =>
        Difference(Evaluated(20, 25), Evaluated(20, 25.05)).ShouldBe("evaluated on about 500 samples, not 501");

    [Fact]
    public void DifferenceFrom_OtherMetrics_SaysWhich() =>
        Difference(Evaluated(2, 250), Evaluated(2, 250, "\"eval_f1\": 1.0")).ShouldBe("logs other evaluation metrics (eval_loss, eval_x, not eval_f1, eval_loss)");

    [Fact]
    public void DifferenceFrom_NoSpeedLogged_IsNotAssumed() =>
        Difference(Evaluated(2, 250), new StateText().Entry("\"eval_loss\": 1.5", "\"eval_x\": 2.0", "\"step\": 10")).ShouldBeNull();

    [Fact]
    public void DifferenceFrom_NoEvaluation_IsADifference()
    {
        Difference(Evaluated(2, 250), new StateText().Loss(10, 1)).ShouldBe("has evaluations, which the other has not");
        SetOf(_other).DifferenceFrom(SetOf(_one)).ShouldBe("has no evaluation");
        SetOf(_other).DifferenceFrom(SetOf(_other)).ShouldBeNull();
    }

    [Fact]
    public void DifferenceFrom_AnotherTokenizer_IsADifference()
    {
        Difference(Evaluated(2, 250), Evaluated(2, 250)).ShouldBeNull();
        File.WriteAllText(Path.Combine(_one.Path, "checkpoint-10", "tokenizer.json"), "a");
        // Of one that has no such file nothing can be said.
        SetOf(_one).DifferenceFrom(SetOf(_other)).ShouldBeNull();

        File.WriteAllText(Path.Combine(_other.Path, "checkpoint-10", "tokenizer.json"), "b");
        SetOf(_one).DifferenceFrom(SetOf(_other)).ShouldBe("uses another tokenizer, so that a token is not the same");

        File.WriteAllText(Path.Combine(_other.Path, "checkpoint-10", "tokenizer.json"), "a");
        SetOf(_one).DifferenceFrom(SetOf(_other)).ShouldBeNull();
    }
}
