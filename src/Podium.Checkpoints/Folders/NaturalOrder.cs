namespace Podium.Checkpoints.Folders;

/// <summary>Orders paths as people do: <c>run-2</c> before <c>run-10</c>.</summary>
/// <remarks>
/// Digits compare by their value, everything else by its characters. The framework's <c>CompareOptions.NumericOrdering</c>
/// has no effect where globalization is invariant, as it is here.
/// </remarks>
public sealed class NaturalOrder : IComparer<string>
{
    private NaturalOrder()
    {
    }

    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (left.Length > 0 && right.Length > 0)
        {
            int order;
            if (char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0]))
            {
                // Without leading zeros the longer number is the larger one.
                var a = TakeNumber(ref left);
                var b = TakeNumber(ref right);
                order = a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
            }
            else
            {
                order = left[0] - right[0];
                left = left[1..];
                right = right[1..];
            }

            if (order != 0) return order;
        }

        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        var number = text[..digits].TrimStart('0');
        text = text[digits..];
        return number;
    }
}
