using System.Globalization;

namespace Podium.Checkpoints.Lightning;

/// <summary>What the name of a Lightning checkpoint file says, e.g. <c>epoch=4-step=50-val_loss=0.280.ckpt</c>.</summary>
/// <param name="Step">The global step, counted from 1; null where the name has none.</param>
/// <param name="Epoch">The epoch, counted from 0; null where the name has none.</param>
/// <param name="IsLast">Whether it is <c>last.ckpt</c> or a version of it (<c>last-v1.ckpt</c>): a copy of the newest one.</param>
public readonly record struct CheckpointFileName(long? Step, long? Epoch, bool IsLast)
{
    /// <summary>What the names of checkpoint files end with.</summary>
    public const string Extension = ".ckpt";

    /// <summary>Reads a name.</summary>
    /// <param name="fileName">The file's name, without its folder.</param>
    /// <param name="name">What it says; a name of the user's own making says nothing, and is a checkpoint still.</param>
    /// <returns>Whether the name ends with <c>.ckpt</c>.</returns>
    public static bool TryParse(ReadOnlySpan<char> fileName, out CheckpointFileName name)
    {
        name = default;
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal)) return false;

        var stem = fileName[..^Extension.Length];
        name = new CheckpointFileName(
            NumberOf(stem, "step=") ?? NumberOf(stem, "global_step="),
            NumberOf(stem, "epoch="),
            stem is "last" || stem.StartsWith("last-", StringComparison.Ordinal));
        return true;
    }

    private static long? NumberOf(ReadOnlySpan<char> stem, ReadOnlySpan<char> key)
    {
        for (var start = 0; start < stem.Length;)
        {
            var found = stem[start..].IndexOf(key, StringComparison.Ordinal);
            if (found < 0) return null;
            found += start;
            start = found + key.Length;
            // val_step=0.5 is a metric, not the step.
            if (found > 0 && stem[found - 1] is not ('-' or ' ')) continue;

            var digits = stem[start..];
            var end = digits.IndexOfAnyExceptInRange('0', '9');
            // So is step=0.5.
            if (end >= 0 && digits[end] is not ('-' or '_' or ' ')) continue;
            if (long.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        }

        return null;
    }
}
