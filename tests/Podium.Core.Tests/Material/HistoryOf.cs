using Podium.Histories;
using Podium.Ranking;

namespace Podium.Core.Tests.Material;

/// <summary>Writes a training log line by line: <c>new HistoryOf().Loss(10, 2.0).Eval(10, 1.5)</c>.</summary>
internal sealed class HistoryOf
{
    private readonly TrainingHistoryBuilder _builder = new();

    public HistoryOf Loss(long step, double loss) => Entry(step, (MetricKeys.Loss, loss));

    public HistoryOf Eval(long step, double loss) => Entry(step, (MetricKeys.EvalLoss, loss));

    public HistoryOf Evals(params ReadOnlySpan<(long Step, double Loss)> evaluations)
    {
        foreach (var (step, loss) in evaluations) Eval(step, loss);
        return this;
    }

    /// <summary>The Trainer's last line, after which it may have loaded the best weights again.</summary>
    public HistoryOf Closing(long step) => Entry(step, (MetricKeys.TrainRuntime, 12.5), (MetricKeys.TrainLossMean, 77), ("train_loss", 77));

    /// <summary>Any line; a step of NaN is a line without one.</summary>
    public HistoryOf Entry(double step, params ReadOnlySpan<(string Metric, double Value)> metrics)
    {
        _builder.BeginEntry();
        _builder.SetStep(step);
        foreach (var (metric, value) in metrics) _builder.Set(metric, value);
        return this;
    }

    public TrainingHistory Build() => _builder.Build();

    /// <summary>A run of this history with a complete checkpoint at each of these steps.</summary>
    public Run Saved(params ReadOnlySpan<long> steps)
    {
        var checkpoints = new Checkpoint[steps.Length];
        for (var i = 0; i < steps.Length; i++) checkpoints[i] = At(steps[i]);
        return Saved(checkpoints);
    }

    public Run Saved(params Checkpoint[] checkpoints) => new(_builder.Build(), checkpoints);

    public Run SavedNothing() => Saved((Checkpoint[])[]);

    public static Checkpoint At(long step, CheckpointState state = CheckpointState.Complete) => new($"checkpoint-{step}", step) { State = state };
}
