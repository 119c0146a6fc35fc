using Podium.Server.Listing;

namespace Podium.Server.Pages.Checkpoints;

/// <summary>The common scale of the bars of scores: what is taken off lies to the left of zero, what is added to the right.</summary>
/// <param name="Lowest">The left end, at most 0.</param>
/// <param name="Highest">The right end, at least 0.</param>
public sealed record ScoreScale(double Lowest, double Highest)
{
    /// <summary>How wide a bar's picture is, in its own units.</summary>
    public const double Width = 120;

    /// <summary>Where zero is.</summary>
    public double Zero => At(0);

    /// <summary>A scale that holds the scores of all checkpoints.</summary>
    public static ScoreScale Of(IEnumerable<ListedCheckpoint> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        var (lowest, highest) = (0.0, 0.0);
        foreach (var checkpoint in checkpoints)
        {
            lowest = Math.Min(lowest, checkpoint.Components.Values.Sum(value => Math.Min(0, value ?? 0)));
            highest = Math.Max(highest, checkpoint.Components.Values.Sum(value => Math.Max(0, value ?? 0)));
        }

        return new ScoreScale(lowest, highest);
    }

    /// <summary>The pieces of one bar, from zero outwards.</summary>
    public IEnumerable<ScorePiece> Pieces(ListedCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var (left, right) = (0.0, 0.0);
        foreach (var (part, value) in checkpoint.Components)
        {
            if (value is not { } size || size == 0) continue;
            var from = size < 0 ? left += size : right;
            if (size > 0) right += size;
            yield return new ScorePiece(ScoreParts.ClassOf(part), At(from), At(from + Math.Abs(size)) - At(from));
        }
    }

    /// <summary>Where a value is on the picture.</summary>
    // Halves, for the whole may be too large for a number.
    public double At(double value) => Highest > Lowest ? (value / 2 - Lowest / 2) / (Highest / 2 - Lowest / 2) * Width : 0;
}

/// <summary>A piece of a bar.</summary>
/// <param name="Part">Its class.</param>
/// <param name="From">Where it begins.</param>
/// <param name="Length">How long it is.</param>
public readonly record struct ScorePiece(string Part, double From, double Length);
