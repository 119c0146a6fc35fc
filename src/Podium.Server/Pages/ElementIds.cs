using System.Text;

namespace Podium.Server.Pages;

/// <summary>Ids of elements that are made of names from outside. What moves elements from page to page finds them by selectors, in which ids must be plain.</summary>
internal static class ElementIds
{
    /// <summary>An id that no other name gives, of letters, digits, '-' and '_' alone.</summary>
    /// <param name="kind">What the element is; letters.</param>
    /// <param name="names">Of what it is.</param>
    public static string Of(string kind, params ReadOnlySpan<string> names)
    {
        var id = new StringBuilder(kind);
        foreach (var name in names)
        {
            id.Append('-');
            foreach (var letter in name)
                if (char.IsAsciiLetterOrDigit(letter)) id.Append(letter);
                else id.Append('_').Append(((int)letter).ToString("x")).Append('_');
        }

        return id.ToString();
    }
}
