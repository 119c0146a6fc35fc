using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Podium.Server.Pages.Job;

/// <summary>How a line of a log looks in a page.</summary>
internal static partial class LogText
{
    private const int Longest = 2_000;

    private static readonly SearchValues<char> Unseen = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '\x7f', .. "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]);

    /// <summary>The class of a line that says by an obvious word that something is wrong; null for all others.</summary>
    public static string? LevelOf(string line) => Errors().IsMatch(line) ? "log-error" : Warnings().IsMatch(line) ? "log-warning" : null;

    /// <summary>A line without what is meant for terminals: colours are left out, other characters that cannot be seen get a sign.</summary>
    public static string Shown(string line)
    {
        // A page of five hundred lines stays one that a browser shows at once; the API has them longer.
        if (line.Length > Longest) line = $"{line.AsSpan(0, Longest)}… ({line.Length - Longest:#,0} characters more)";
        if (!line.AsSpan().ContainsAny(Unseen)) return line;
        var text = new StringBuilder(line.Length);
        foreach (var letter in TerminalCommands().Replace(line, ""))
            text.Append(letter switch
            {
                '\t' => letter,
                < ' ' => (char)('\u2400' + letter),
                '\x7f' => '\u2421',
                // What turns the direction of writing round would show another text than there is.
                (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => '\ufffd',
                _ => letter,
            });
        return text.ToString();
    }

    // A metric called eval_error is no error, a RuntimeError is.
    [GeneratedRegex(@"\b(?:(?i:error|critical|fatal|traceback|exception)|\w+(?:Error|Exception))\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"\b(?:(?i:warning|warn)|\w+Warning)\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Warnings();

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]", RegexOptions.None, 1000)]
    private static partial Regex TerminalCommands();
}
