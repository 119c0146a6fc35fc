namespace Podium.Server.MLflow.Search;

/// <summary>How a filter compares.</summary>
internal enum FilterComparison
{
    /// <summary>=</summary>
    Equal,

    /// <summary>!=</summary>
    NotEqual,

    /// <summary>&lt;</summary>
    Less,

    /// <summary>&lt;=</summary>
    LessOrEqual,

    /// <summary>&gt;</summary>
    Greater,

    /// <summary>&gt;=</summary>
    GreaterOrEqual,

    /// <summary>LIKE: % stands for any text, _ for one character.</summary>
    Like,

    /// <summary>The same without regard to upper and lower case.</summary>
    LikeInAnyCase,

    /// <summary>IN (…)</summary>
    In,

    /// <summary>NOT IN (…)</summary>
    NotIn,

    /// <summary>IS NULL</summary>
    IsMissing,

    /// <summary>IS NOT NULL</summary>
    IsThere,
}

/// <summary>One comparison of a filter.</summary>
/// <param name="Field">What is compared.</param>
/// <param name="Comparison">How.</param>
/// <param name="Number">With which number, where the field is one.</param>
/// <param name="Texts">With which text, or texts.</param>
internal sealed record FilterTerm(SearchField Field, FilterComparison Comparison, double Number, IReadOnlyList<string> Texts)
{
    /// <summary>Whether a value fits: a text, a number, or null where there is none. What is not there fits nothing but IS NULL, as in SQL.</summary>
    public bool Fits(object? value) => Comparison switch
    {
        FilterComparison.IsMissing => value is null,
        FilterComparison.IsThere => value is not null,
        _ => value switch
        {
            double number => FitsNumber(number),
            string text => FitsText(text),
            _ => false,
        },
    };

    private bool FitsNumber(double value) => Comparison switch
    {
        FilterComparison.Equal => value == Number,
        FilterComparison.NotEqual => value != Number,
        FilterComparison.Less => value < Number,
        FilterComparison.LessOrEqual => value <= Number,
        FilterComparison.Greater => value > Number,
        FilterComparison.GreaterOrEqual => value >= Number,
        _ => false,
    };

    private bool FitsText(string value) => Comparison switch
    {
        FilterComparison.Equal => value == Texts[0],
        FilterComparison.NotEqual => value != Texts[0],
        FilterComparison.Like => LikePattern.Fits(Texts[0], value, ignoreCase: false),
        FilterComparison.LikeInAnyCase => LikePattern.Fits(Texts[0], value, ignoreCase: true),
        FilterComparison.In => Texts.Contains(value, StringComparer.Ordinal),
        FilterComparison.NotIn => !Texts.Contains(value, StringComparer.Ordinal),
        _ => false,
    };
}
