using Podium.Histories;

namespace Podium.Checkpoints.EventFiles;

/// <summary>The names of scalars in event files, and the metrics they stand for.</summary>
public static class EventTags
{
    private const string Training = "train/";
    private const string Evaluation = "eval/";

    /// <summary>The metric that a tag stands for, by the Trainer's own names.</summary>
    /// <param name="tag">A tag, e.g. <c>eval/loss</c>; upper and lower case differ.</param>
    /// <returns>
    /// <c>eval/x</c> is <c>eval_x</c>, <c>train/x</c> is <c>x</c>, and the closing <c>train/train_loss</c> is
    /// <see cref="MetricKeys.TrainLossMean"/>; any other tag stays as it is.
    /// </returns>
    public static string ToMetric(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (tag == "train/train_loss") return MetricKeys.TrainLossMean;
        if (tag.StartsWith(Training, StringComparison.Ordinal) && tag.Length > Training.Length) return tag[Training.Length..];
        return IsEvaluation(tag) ? string.Concat(MetricKeys.EvalPrefix, tag.AsSpan(Evaluation.Length)) : tag;
    }

    /// <summary>Whether a tag is an evaluation's: <c>eval/x</c>.</summary>
    internal static bool IsEvaluation(string tag) => tag.StartsWith(Evaluation, StringComparison.Ordinal) && tag.Length > Evaluation.Length;
}
