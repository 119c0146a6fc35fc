using System.Globalization;
using Podium.Server.MLflow.Calls;
using Podium.Storage.Tracking;

namespace Podium.Server.MLflow.Search;

/// <summary>A page of results.</summary>
/// <typeparam name="T">What is found.</typeparam>
/// <param name="Items">Its results.</param>
/// <param name="NextToken">What asks for the next page; null where this is the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);

/// <summary>Cuts results into pages. A page's token is the place behind the page before.</summary>
internal static class Page
{
    public static Page<T> Of<T>(IReadOnlyList<T> all, string? token, int most)
    {
        var from = (int)Math.Min(PlaceOf(token), all.Count);
        var to = (int)Math.Min((long)from + most, all.Count);
        return new Page<T>([.. all.Skip(from).Take(to - from)], to < all.Count ? to.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The place that a token names.</summary>
    /// <exception cref="MLflowException">It names none.</exception>
    public static long PlaceOf(string? token) => string.IsNullOrEmpty(token) ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : throw MLflowException.Invalid($"Invalid page token '{token}'.");
}

/// <summary>How clients say whether they want what was deleted.</summary>
internal static class ViewTypes
{
    public static LifecycleView Of(string? text) => text?.ToUpperInvariant() switch
    {
        null or "" or "ACTIVE_ONLY" => LifecycleView.Active,
        "DELETED_ONLY" => LifecycleView.Deleted,
        "ALL" => LifecycleView.All,
        _ => throw MLflowException.Invalid($"Invalid value {text} for parameter 'view_type' supplied: it must be ACTIVE_ONLY, DELETED_ONLY or ALL."),
    };
}
