namespace Podium.Histories;

/// <summary>The names under which a Hugging Face style trainer logs what the ranking reads.</summary>
public static class MetricKeys
{
    /// <summary>The training loss, a mean over the logging interval.</summary>
    public const string Loss = "loss";

    /// <summary>The loss on the evaluation set.</summary>
    public const string EvalLoss = "eval_loss";

    /// <summary>The epoch, a fraction.</summary>
    public const string Epoch = "epoch";

    /// <summary>The learning rate.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>The run time in seconds; only the Trainer's closing entry has it.</summary>
    public const string TrainRuntime = "train_runtime";

    /// <summary>The mean training loss of the whole run, as the closing entry has it (the Trainer calls it <c>train_loss</c>).</summary>
    public const string TrainLossMean = "train_loss_mean";

    /// <summary>What the names of evaluation metrics begin with.</summary>
    public const string EvalPrefix = "eval_";

    private static readonly string[] Bookkeeping =
        ["_runtime", "_samples_per_second", "_steps_per_second", "_model_preparation_time", "_num_tokens", "_jit_compilation_time"];

    /// <summary>Whether a name is one of an evaluation's measurements, and not of its run time.</summary>
    /// <param name="metric">A metric's name.</param>
    public static bool IsEvaluationMetric(string metric) =>
        metric.StartsWith(EvalPrefix, StringComparison.Ordinal)
        && !Array.Exists(Bookkeeping, suffix => metric.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Whether a name is the loss of one of several evaluation sets, e.g. <c>eval_near_loss</c>.</summary>
    /// <param name="metric">A metric's name.</param>
    public static bool IsEvaluationLoss(string metric) =>
        metric.StartsWith(EvalPrefix, StringComparison.Ordinal) && metric.EndsWith("loss", StringComparison.Ordinal);
}
