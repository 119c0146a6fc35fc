using Podium.Server.MLflow.Calls;

namespace Podium.Server.MLflow.Search;

/// <summary>By which fields results are sorted.</summary>
internal sealed class SortOrder
{
    private readonly IReadOnlyList<(SearchField Field, bool IsDown)> _keys;

    private SortOrder(IReadOnlyList<(SearchField Field, bool IsDown)> keys) => _keys = keys;

    /// <summary>Of which kinds the fields are that it asks for.</summary>
    public IEnumerable<SearchKind> Kinds => _keys.Select(key => key.Field.Kind);

    /// <summary>Reads what a client gives, e.g. <c>metrics.loss DESC</c>.</summary>
    /// <exception cref="MLflowException">It names no field.</exception>
    public static SortOrder Parse(IReadOnlyList<string> texts, SearchFields fields)
    {
        List<(SearchField Field, bool IsDown)> keys = [];
        foreach (var text in texts)
        {
            var tokens = FilterLexer.Read(text);
            if (tokens is not [{ Kind: FilterTokenKind.Word or FilterTokenKind.Quoted } name, .. var rest] || fields.Find(name.Prefix, name.Text) is not { } field) throw Wrong(text);
            keys.Add((field, rest switch
            {
                [{ Kind: FilterTokenKind.End }] => false,
                [var way, { Kind: FilterTokenKind.End }] when way.Is("asc") => false,
                [var way, { Kind: FilterTokenKind.End }] when way.Is("desc") => true,
                _ => throw Wrong(text),
            }));
        }

        return new SortOrder(keys);
    }

    /// <summary>Sorts; what is equal stays in its order. What is no number comes behind all numbers, and what is missing behind that, both ways.</summary>
    public List<T> Sort<T>(IEnumerable<T> items, Func<T, SearchField, object?> valueOf)
    {
        var sorted = items.Order(Comparer<T>.Create(static (_, _) => 0));
        foreach (var (field, isDown) in _keys)
        {
            sorted = sorted.ThenBy(item => valueOf(item, field) switch { null => 2, double.NaN => 1, _ => 0 });
            sorted = isDown ? sorted.ThenByDescending(item => valueOf(item, field), ValueOrder.Instance) : sorted.ThenBy(item => valueOf(item, field), ValueOrder.Instance);
        }

        return [.. sorted];
    }

    private static MLflowException Wrong(string text) => MLflowException.Invalid($"Invalid order_by clause '{text}'");

    private sealed class ValueOrder : IComparer<object?>
    {
        public static ValueOrder Instance { get; } = new();

        public int Compare(object? x, object? y) => (x, y) switch
        {
            (double one, double other) => one.CompareTo(other),
            (string one, string other) => string.CompareOrdinal(one, other),
            _ => 0,
        };
    }
}
