namespace Podium.Server.MLflow.Search;

/// <summary>What a piece of a filter is.</summary>
internal enum FilterTokenKind
{
    /// <summary>A bare word: a field, a number, AND, LIKE.</summary>
    Word,

    /// <summary>A text in quotes, without them.</summary>
    Quoted,

    /// <summary>A comparison, a bracket or a comma.</summary>
    Sign,

    /// <summary>Behind the last.</summary>
    End,
}

/// <summary>A piece of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a word with a prefix, what stands behind the point.</param>
/// <param name="Prefix">What stands before the point of a field, e.g. <c>metrics</c>; else null.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, string? Prefix = null)
{
    public bool Is(string word) => Kind == FilterTokenKind.Word && Prefix is null && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == FilterTokenKind.Sign && Text == sign;
}

/// <summary>Cuts a filter into pieces.</summary>
internal static class FilterLexer
{
    /// <summary>Cuts a filter.</summary>
    /// <returns>Its pieces, with one for the end; null where a quote is not closed or a sign is not known.</returns>
    public static List<FilterToken>? Read(string filter)
    {
        List<FilterToken> tokens = [];
        var place = 0;
        while (true)
        {
            while (place < filter.Length && char.IsWhiteSpace(filter[place])) place++;
            if (place == filter.Length) break;
            if (Next(filter, ref place) is not { } token) return null;
            tokens.Add(token);
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, ""));
        return tokens;
    }

    private static FilterToken? Next(string filter, ref int place)
    {
        if (filter[place] is '\'' or '"' or '`') return Quoted(filter, ref place) is { } quoted ? new FilterToken(FilterTokenKind.Quoted, quoted) : null;
        if (filter[place] is '(' or ')' or ',') return new FilterToken(FilterTokenKind.Sign, filter[place++].ToString());
        if (filter[place] is '<' or '>' or '=' or '!')
        {
            var from = place++;
            if (place < filter.Length && filter[place] == '=') place++;
            var sign = filter[from..place];
            return sign is "!" ? null : new FilterToken(FilterTokenKind.Sign, sign == "==" ? "=" : sign);
        }

        var start = place;
        while (place < filter.Length && IsOfAWord(filter[place])) place++;
        if (place == start) return null;
        var word = filter[start..place];
        // A number may have a point too.
        if (char.IsAsciiDigit(word[0]) || word[0] is '-' or '+' or '.') return new FilterToken(FilterTokenKind.Word, word);
        var point = word.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return new FilterToken(FilterTokenKind.Word, word);
        if (point < word.Length - 1) return new FilterToken(FilterTokenKind.Word, word[(point + 1)..], word[..point]);
        // The name stands in quotes behind the point.
        return place < filter.Length && filter[place] is '"' or '`' or '\'' && Quoted(filter, ref place) is { } name ? new FilterToken(FilterTokenKind.Word, name, word[..point]) : null;
    }

    private static string? Quoted(string filter, ref int place)
    {
        var end = filter.IndexOf(filter[place], place + 1);
        if (end < 0) return null;
        var text = filter[(place + 1)..end];
        place = end + 1;
        return text;
    }

    private static bool IsOfAWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '.' or '/' or ':' or '-' or '+';
}
