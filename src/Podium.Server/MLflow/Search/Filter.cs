using System.Globalization;
using Podium.Server.MLflow.Calls;

namespace Podium.Server.MLflow.Search;

/// <summary>A filter as MLflow's clients write it: comparisons joined by AND.</summary>
internal sealed class Filter
{
    private readonly IReadOnlyList<FilterTerm> _terms;

    private Filter(IReadOnlyList<FilterTerm> terms) => _terms = terms;

    /// <summary>Of which kinds the fields are that it asks for.</summary>
    public IEnumerable<SearchKind> Kinds => _terms.Select(term => term.Field.Kind);

    /// <summary>Whether something fits.</summary>
    /// <param name="valueOf">The value of a field: a text, a number, or null.</param>
    /// <param name="only">Which fields to look at; null: all.</param>
    public bool Matches(Func<SearchField, object?> valueOf, Func<SearchField, bool>? only = null)
    {
        foreach (var term in _terms)
            if ((only is null || only(term.Field)) && !term.Fits(valueOf(term.Field)))
                return false;

        return true;
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter; null or empty: everything fits.</param>
    /// <param name="fields">Which fields there are.</param>
    /// <exception cref="MLflowException">It is none.</exception>
    public static Filter Parse(string? text, SearchFields fields)
    {
        if (string.IsNullOrWhiteSpace(text)) return new Filter([]);
        var parsing = new Parsing(text, fields);
        return new Filter(parsing.Read());
    }

    private sealed class Parsing(string filter, SearchFields fields)
    {
        private readonly List<FilterToken> _tokens = FilterLexer.Read(filter) ?? throw Wrong(filter);
        private int _place;

        private FilterToken Now => _tokens[_place];

        public List<FilterTerm> Read()
        {
            List<FilterTerm> terms = [ReadTerm()];
            while (Now.Is("and"))
            {
                _place++;
                terms.Add(ReadTerm());
            }

            return Now.Kind == FilterTokenKind.End ? terms : throw Wrong(filter);
        }

        private static MLflowException Wrong(string filter) => MLflowException.Invalid($"Invalid clause(s) in filter string: '{filter}'");

        private FilterTerm ReadTerm()
        {
            var name = Next();
            if (name.Kind is not (FilterTokenKind.Word or FilterTokenKind.Quoted)) throw Wrong(filter);
            var comparison = ReadComparison();
            if (fields.Find(name.Prefix, name.Text) is not { } field)
                throw MLflowException.Invalid($"Invalid entity or attribute '{(name.Prefix is null ? name.Text : $"{name.Prefix}.{name.Text}")}' in filter string: '{filter}'");
            return comparison switch
            {
                FilterComparison.IsMissing or FilterComparison.IsThere => new FilterTerm(field, comparison, 0, []),
                FilterComparison.In or FilterComparison.NotIn when !fields.IsNumber(field) => new FilterTerm(field, comparison, 0, ReadList()),
                _ => ReadValue(field, comparison),
            };
        }

        private FilterTerm ReadValue(SearchField field, FilterComparison comparison)
        {
            var value = Next();
            var isOrder = comparison is FilterComparison.Less or FilterComparison.LessOrEqual or FilterComparison.Greater or FilterComparison.GreaterOrEqual;
            if (fields.IsNumber(field))
            {
                return (isOrder || comparison is FilterComparison.Equal or FilterComparison.NotEqual) && value.Kind == FilterTokenKind.Word
                    && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? new FilterTerm(field, comparison, number, [])
                    : throw MLflowException.Invalid($"Expected a comparison of '{field.Key}' with a number in filter string: '{filter}'");
            }

            return value.Kind == FilterTokenKind.Quoted && !isOrder && comparison is not (FilterComparison.In or FilterComparison.NotIn)
                ? new FilterTerm(field, comparison, 0, [value.Text])
                : throw MLflowException.Invalid($"Expected a quoted string value for '{field.Key}', compared by =, !=, LIKE, ILIKE or IN, in filter string: '{filter}'");
        }

        private List<string> ReadList()
        {
            List<string> texts = [];
            if (!Next().IsSign("(")) throw Wrong(filter);
            do
            {
                var text = Next();
                if (text.Kind != FilterTokenKind.Quoted) throw Wrong(filter);
                texts.Add(text.Text);
            }
            while (Now.IsSign(",") && _place++ >= 0);
            return Next().IsSign(")") ? texts : throw Wrong(filter);
        }

        private FilterComparison ReadComparison()
        {
            var token = Next();
            if (token.Kind == FilterTokenKind.Sign)
            {
                return token.Text switch
                {
                    "=" => FilterComparison.Equal,
                    "!=" => FilterComparison.NotEqual,
                    "<" => FilterComparison.Less,
                    "<=" => FilterComparison.LessOrEqual,
                    ">" => FilterComparison.Greater,
                    ">=" => FilterComparison.GreaterOrEqual,
                    _ => throw Wrong(filter),
                };
            }

            if (token.Is("like")) return FilterComparison.Like;
            if (token.Is("ilike")) return FilterComparison.LikeInAnyCase;
            if (token.Is("in")) return FilterComparison.In;
            if (token.Is("not") && Next().Is("in")) return FilterComparison.NotIn;
            if (!token.Is("is")) throw Wrong(filter);
            var isNot = Now.Is("not");
            if (isNot) _place++;
            return Next().Is("null") ? isNot ? FilterComparison.IsThere : FilterComparison.IsMissing : throw Wrong(filter);
        }

        // The end stays the last one, however often it is asked for.
        private FilterToken Next() => Now.Kind == FilterTokenKind.End ? throw Wrong(filter) : _tokens[_place++];
    }
}
