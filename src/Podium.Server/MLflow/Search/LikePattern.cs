namespace Podium.Server.MLflow.Search;

/// <summary>SQL's LIKE.</summary>
internal static class LikePattern
{
    /// <summary>Whether a text fits a pattern; takes at most the product of their lengths.</summary>
    public static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        // Where the last % stood, and up to where it has taken the text so far: to go back there is enough.
        var (p, t, percent, taken) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%') (percent, taken) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == '_' || Same(pattern[p], text[t], ignoreCase))) (p, t) = (p + 1, t + 1);
            else if (percent >= 0) (p, t) = (percent + 1, ++taken);
            else return false;
        }

        while (p < pattern.Length && pattern[p] == '%') p++;
        return p == pattern.Length;
    }

    private static bool Same(char one, char other, bool ignoreCase) => one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
