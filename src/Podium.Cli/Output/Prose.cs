using Spectre.Console;

namespace Podium.Cli.Output;

/// <summary>A paragraph that wraps at the terminal's width.</summary>
internal static class Prose
{
    /// <param name="console">Where to; what goes to stderr is not wrapped.</param>
    /// <param name="text">The text. Words are kept whole, for a path is to be copied; a number and its percent sign stay together.</param>
    /// <param name="style">Its style.</param>
    /// <param name="indent">How far it is indented.</param>
    /// <param name="mark">What stands before it, as in a list; the lines below begin behind it.</param>
    public static void Write(IAnsiConsole console, string text, Style? style, int indent = 0, string mark = "")
    {
        var left = new string(' ', indent);
        var hanging = new string(' ', indent + mark.Length);
        var width = ReferenceEquals(console, Terminal.Err) ? int.MaxValue : Math.Max(20, console.Profile.Width - hanging.Length);
        var first = true;
        foreach (var line in Wrap(text.Replace(" %", "\u00A0%", StringComparison.Ordinal), width))
        {
            console.Write(new Text($"{(first ? left + mark : hanging)}{line.Replace('\u00A0', ' ')}{Environment.NewLine}", style));
            first = false;
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
