using System.Text;
using System.Text.RegularExpressions;

namespace Podium.Server.Pages.Job;

/// <summary>How a line of a log looks in a page.</summary>
internal static partial class LogText
{
    /// <summary>The class of a line that says by an obvious word that something is wrong; null for all others.</summary>
    public static string? LevelOf(string line) => Errors().IsMatch(line) ? "log-error" : Warnings().IsMatch(line) ? "log-warning" : null;

    /// <summary>A line without what is meant for terminals: colours are left out, other characters that cannot be seen get a sign.</summary>
    public static string Shown(string line)
    {
        if (!line.AsSpan().ContainsAnyInRange('\0', '\x1f') && !line.Contains('\x7f', StringComparison.Ordinal)) return line;
        var text = new StringBuilder(line.Length);
        foreach (var letter in TerminalCommands().Replace(line, ""))
            text.Append(letter switch
            {
                '\t' => letter,
                < ' ' => (char)('\u2400' + letter),
                '\x7f' => '\u2421',
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
