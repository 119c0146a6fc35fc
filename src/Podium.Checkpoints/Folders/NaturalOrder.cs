using System.Globalization;

namespace Podium.Checkpoints.Folders;

/// <summary>Orders paths as people do: <c>run-2</c> before <c>run-10</c>.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    private static readonly CompareInfo Invariant = CultureInfo.InvariantCulture.CompareInfo;

    private NaturalOrder()
    {
    }

    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var order = Invariant.Compare(x, y, CompareOptions.NumericOrdering);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }
}
