using System.Text;

namespace Podium.Cli.Output;

/// <summary>Where words and data go: data to stdout, words to stderr where the data is for machines.</summary>
internal static class Terminal
{
    private const int UsualWidth = 80;

    private static readonly Lazy<Screen> LazyOut = new(() => Create(StandardOutput(), Console.IsOutputRedirected, Console.IsOutputRedirected ? UsualWidth : WindowWidth()));

    // A terminal wraps it itself, and a program wants its lines whole.
    private static readonly Lazy<Screen> LazyErr = new(() => Create(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true }, Console.IsErrorRedirected, int.MaxValue));

    /// <summary>Stdout for people; whoever wrote to it calls <see cref="Flush"/> at the end.</summary>
    public static Screen Out => LazyOut.Value;

    /// <summary>Stderr.</summary>
    public static Screen Err => LazyErr.Value;

    public static void Error(string message)
    {
        Err.Write("error: ", Ink.Error);
        Err.WriteLine(message);
    }

    public static void Hint(string message) => Err.WriteLine(message);

    public static void Flush()
    {
        if (LazyOut.IsValueCreated) Out.Writer.Flush();
    }

    private static StreamWriter StandardOutput() => new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024);

    private static Screen Create(StreamWriter writer, bool isRedirected, int width)
    {
        // https://no-color.org: any value that is not empty. CLICOLOR_FORCE is its counterpart, for pictures and pagers.
        var isRefused = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } || Environment.GetEnvironmentVariable("TERM") is "dumb";
        var isForced = Environment.GetEnvironmentVariable("CLICOLOR_FORCE") is { Length: > 0 } and not "0";
        return new Screen(writer, width, hasColours: !isRefused && (isForced || !isRedirected));
    }

    private static int WindowWidth()
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
}
