using System.Globalization;

namespace Podium.Checkpoints.Folders;

/// <summary>What the name of a checkpoint's folder says.</summary>
/// <param name="Step">The step; null where the name has none.</param>
/// <param name="Epoch">The epoch; null where the name has none.</param>
/// <param name="IsTemporary">Whether the trainer is still writing it, or broke off (<c>tmp-checkpoint-20</c>).</param>
public readonly record struct CheckpointName(long? Step, long? Epoch, bool IsTemporary = false)
{
    private const StringComparison Exactly = StringComparison.Ordinal;

    /// <summary>Whether the name alone makes the folder a checkpoint; other names count only for folders that hold a model.</summary>
    public bool IsCertain { get; private init; }

    /// <summary>Reads a folder's name.</summary>
    /// <remarks>
    /// <c>checkpoint-20</c>, <c>checkpoint-epoch-2</c>, <c>checkpoint-epoch-2-step-40</c>, <c>checkpoint-20_merged</c> (any
    /// suffix behind '_' or '-'), <c>epoch_2</c>, <c>step_40</c>, <c>last-checkpoint</c>, and each of the first with <c>tmp-</c> before it.
    /// </remarks>
    /// <param name="name">The name, without the path.</param>
    /// <param name="checkpoint">What it says.</param>
    public static bool TryParse(string name, out CheckpointName checkpoint)
    {
        ArgumentNullException.ThrowIfNull(name);
        var rest = name.AsSpan();
        var temporary = TryDrop(ref rest, "tmp-");
        checkpoint = default;
        if (rest is "last-checkpoint")
        {
            checkpoint = new CheckpointName(null, null, temporary) { IsCertain = true };
            return true;
        }

        if (TryDrop(ref rest, "checkpoint-epoch-"))
        {
            if (!TryTakeNumber(ref rest, out var epoch)) return false;
            long? step = null;
            if (TryDrop(ref rest, "-step-"))
            {
                if (!TryTakeNumber(ref rest, out var number)) return false;
                step = number;
            }

            checkpoint = new CheckpointName(step, epoch, temporary) { IsCertain = true };
            return IsSuffix(rest);
        }

        if (TryDrop(ref rest, "checkpoint-"))
        {
            if (!TryTakeNumber(ref rest, out var step)) return false;
            checkpoint = new CheckpointName(step, null, temporary) { IsCertain = true };
            return IsSuffix(rest);
        }

        if (TryDrop(ref rest, "epoch_"))
        {
            if (!TryTakeNumber(ref rest, out var epoch)) return false;
            checkpoint = new CheckpointName(null, epoch, temporary);
            return rest.IsEmpty;
        }

        if (!TryDrop(ref rest, "step_") || !TryTakeNumber(ref rest, out var at)) return false;
        checkpoint = new CheckpointName(at, null, temporary);
        return rest.IsEmpty;
    }

    private static bool IsSuffix(ReadOnlySpan<char> rest) => rest.IsEmpty || (rest.Length > 1 && rest[0] is '_' or '-');

    private static bool TryDrop(ref ReadOnlySpan<char> text, string start)
    {
        if (!text.StartsWith(start, Exactly)) return false;
        text = text[start.Length..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> text, out long number)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        var read = long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        text = text[digits..];
        return read;
    }
}
