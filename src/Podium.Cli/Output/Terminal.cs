using Spectre.Console;

namespace Podium.Cli.Output;

/// <summary>Where words and data go: data to stdout, words for people to stderr where the data is for machines.</summary>
internal static class Terminal
{
    private const int UsualWidth = 80;
    private const int Unwrapped = 100_000;

    /// <summary>Stdout, in colour where it is a terminal that wants it.</summary>
    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected, Console.IsOutputRedirected ? UsualWidth : TerminalWidth());

    /// <summary>Stderr.</summary>
    public static IAnsiConsole Err { get; } = Create(Console.Error, Console.IsErrorRedirected, Unwrapped);

    /// <summary>The colour of the one that is recommended.</summary>
    public static Style Best { get; } = new(Color.Green, decoration: Decoration.Bold);

    /// <summary>What matters less.</summary>
    public static Style Quiet { get; } = new(Color.Grey);

    /// <summary>What needs a second look.</summary>
    public static Style Attention { get; } = new(Color.Yellow);

    public static void Error(string message)
    {
        Err.Write(new Text("error: ", new Style(Color.Red, decoration: Decoration.Bold)));
        Hint(message);
    }

    /// <summary>Words on stderr. A terminal wraps them itself, and a program wants its lines whole.</summary>
    public static void Hint(string message) => Console.Error.WriteLine(message);

    private static IAnsiConsole Create(TextWriter writer, bool redirected, int width)
    {
        // https://no-color.org: any value that is not empty. CLICOLOR_FORCE is its counterpart, for pictures and pagers.
        var refused = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var forced = Environment.GetEnvironmentVariable("CLICOLOR_FORCE") is { Length: > 0 } and not "0";
        var colours = !refused && (forced || !redirected);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new FixedWidth(writer, width),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 20 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }

    private sealed class FixedWidth(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
