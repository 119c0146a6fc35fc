using System.Collections.Frozen;

namespace Podium.Metrics;

/// <summary>Knows which way the usual metrics get better. What it does not know, it does not guess.</summary>
/// <remarks>
/// A name is split at everything that is neither a letter nor a digit (<c>eval_rouge-1</c> → eval, rouge, 1) and each
/// word, without digits at its end and without a plural, is looked up. A name with words of both directions, or with a
/// word that turns a meaning round (<c>rewards/rejected</c>), is unknown.
/// </remarks>
public static class MetricDirections
{
    private static readonly FrozenSet<string> Lower = FrozenSet.ToFrozenSet(
        [
            "loss", "nll", "crossentropy", "entropyloss", "perplexity", "ppl", "bpb", "bpc", "wer", "cer", "ter", "mer", "wil",
            "mae", "mse", "rmse", "mape", "smape", "msle", "rmsle", "error", "err", "eer", "fid", "brier", "ece", "hamming",
            "toxicity", "divergence", "kl",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Higher = FrozenSet.ToFrozenSet(
        [
            "accuracy", "acc", "f", "fbeta", "fscore", "precision", "recall", "sensitivity", "specificity", "bleu", "sacrebleu", "chrf", "gleu",
            "rouge", "rougel", "rougelsum", "meteor", "bertscore", "cider", "spice", "comet", "bleurt", "auc", "auroc", "auprc", "roc", "map",
            "ndcg", "mrr", "iou", "miou", "dice", "r", "rsquared", "matthews", "mcc", "pearson", "pearsonr", "spearman", "spearmanr", "kappa",
            "reward", "exact", "em", "pass", "win", "winrate", "psnr", "ssim",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Reversing =
        FrozenSet.ToFrozenSet(["rejected", "negative", "std", "stddev", "stderr", "var", "variance"], StringComparer.OrdinalIgnoreCase);

    // These stand in names beside the word that counts, or begin them.
    private static readonly FrozenSet<string> Silent =
        FrozenSet.ToFrozenSet(["eval", "test", "val", "valid", "validation", "train", "predict"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Looks up which way a metric gets better.</summary>
    /// <param name="metric">A metric's name, e.g. <c>eval_wer</c>, <c>rougeL</c> or <c>eval_rewards/accuracies</c>.</param>
    /// <param name="direction">The direction, if it is known.</param>
    /// <returns>False where the name says nothing known, or contradicts itself.</returns>
    public static bool TryGet(string metric, out MetricDirection direction)
    {
        ArgumentNullException.ThrowIfNull(metric);
        bool lower = false, higher = false, reversed = false;
        var rest = metric.AsSpan();
        while (rest.Length > 0)
        {
            var length = 0;
            while (length < rest.Length && char.IsAsciiLetterOrDigit(rest[length])) length++;
            if (length > 0) Judge(rest[..length].ToString(), ref lower, ref higher, ref reversed);
            rest = rest[Math.Min(length + 1, rest.Length)..];
        }

        direction = higher ? MetricDirection.Maximize : MetricDirection.Minimize;
        return lower != higher && !reversed;
    }

    private static void Judge(string word, ref bool lower, ref bool higher, ref bool reversed)
    {
        if (Silent.Contains(word)) return;
        var stem = word.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        // "f1" is the score; a lone "f" or "r" is not.
        if (stem.Length == 1 && stem.Length == word.Length) return;
        foreach (var form in (ReadOnlySpan<string>)[stem, Singular(stem)])
        {
            lower |= Lower.Contains(form);
            higher |= Higher.Contains(form);
            reversed |= Reversing.Contains(form);
        }
    }

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.OrdinalIgnoreCase) ? $"{word[..^3]}y"
        : word.EndsWith("losses", StringComparison.OrdinalIgnoreCase) ? word[..^2]
        : word.EndsWith('s') ? word[..^1]
        : word;
}
