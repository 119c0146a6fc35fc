using Podium.Histories;

namespace Podium.Checkpoints.Lightning;

/// <summary>The columns of Lightning's <c>metrics.csv</c>, and the metrics they stand for.</summary>
public static class LightningKeys
{
    /// <summary>The column of the step, counted from 0.</summary>
    public const string Step = "step";

    private const string ValidationPrefix = "val_";

    // The first of these that is there becomes the training loss, and the evaluation loss. A metric that is logged each
    // step and each epoch has both endings; the epoch's mean is comparable to the evaluation, a single batch's is not.
    private static readonly string[] TrainingLosses = ["train_loss_epoch", "train_loss", "train_loss_step", "train/loss_epoch", "train/loss", "train/loss_step"];
    private static readonly string[] EvaluationLosses = ["val_loss", "val_loss_epoch", "val/loss", "val/loss_epoch"];

    /// <summary>The metrics that the columns of one file stand for, by the Trainer's own names.</summary>
    /// <param name="columns">The file's header.</param>
    /// <returns>
    /// One name for each column. <c>train_loss_epoch</c>, or else <c>train_loss</c>, or else <c>train_loss_step</c> is
    /// <c>loss</c>; <c>val_loss</c>, or else <c>val_loss_epoch</c>, is <c>eval_loss</c>; any other <c>val_x</c> or <c>val/x</c> is
    /// <c>eval_x</c>. The rest keeps its name, and so does a column whose new name is another column's already.
    /// </returns>
    public static IReadOnlyList<string> ToMetrics(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var trainingLoss = Array.Find(TrainingLosses, columns.Contains);
        var evaluationLoss = Array.Find(EvaluationLosses, columns.Contains);
        var taken = new HashSet<string>(columns, StringComparer.Ordinal);
        var metrics = new string[columns.Count];
        for (var i = 0; i < metrics.Length; i++)
        {
            var column = columns[i];
            var metric = column == trainingLoss ? MetricKeys.Loss
                : column == evaluationLoss ? MetricKeys.EvalLoss
                : column.Length > ValidationPrefix.Length && (column.StartsWith(ValidationPrefix, StringComparison.Ordinal) || column.StartsWith("val/", StringComparison.Ordinal))
                    ? string.Concat(MetricKeys.EvalPrefix, column.AsSpan(ValidationPrefix.Length))
                    : column;
            metrics[i] = metric == column || taken.Add(metric) ? metric : column;
        }

        return metrics;
    }
}
