namespace Podium.Cli.Output;

/// <summary>Writes text for people, in colour where that is wanted.</summary>
/// <param name="writer">Where to.</param>
/// <param name="width">How many columns there are; text that wraps wraps there.</param>
/// <param name="hasColours">Whether to colour.</param>
internal sealed class Screen(TextWriter writer, int width, bool hasColours)
{
    private const string Reset = "\u001b[0m";

    public int Width { get; } = width;

    public TextWriter Writer { get; } = writer;

    public void Write(string text, Ink ink = Ink.Plain)
    {
        var colour = hasColours ? Code(ink) : "";
        Writer.Write(colour);
        Writer.Write(Harmless(text));
        if (colour.Length > 0) Writer.Write(Reset);
    }

    public void WriteLine(string text = "", Ink ink = Ink.Plain)
    {
        Write(text, ink);
        Writer.Write('\n');
    }

    /// <summary>Writes a paragraph that wraps at the width. Words are kept whole, for a path is to be copied; a number and its percent sign stay together.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ink">What it stands out as.</param>
    /// <param name="indent">How far it is indented.</param>
    /// <param name="mark">What stands before it, as in a list; the lines below begin behind it.</param>
    public void WriteProse(string text, Ink ink = Ink.Plain, int indent = 0, string mark = "")
    {
        var first = new string(' ', indent) + mark;
        var others = new string(' ', first.Length);
        var left = first;
        foreach (var line in Wrap(text.Replace(" %", "\u00A0%", StringComparison.Ordinal), Math.Max(20, Width - first.Length)))
        {
            WriteLine(left + line.Replace('\u00A0', ' '), ink);
            left = others;
        }
    }

    /// <summary>Names come from files and folders: what in them would steer a terminal is shown as a box.</summary>
    private static string Harmless(string text)
    {
        foreach (var one in text)
            if (Steers(one))
                return string.Concat(text.Select(each => Steers(each) ? '\uFFFD' : each));

        return text;

        static bool Steers(char one) => char.IsControl(one) && one is not ('\n' or '\t');
    }

    // The sixteen colours of any terminal, so that its own palette decides what is readable.
    private static string Code(Ink ink) => ink switch
    {
        Ink.Best => "\u001b[1;32m",
        Ink.Quiet => "\u001b[90m",
        Ink.Attention => "\u001b[33m",
        Ink.Error => "\u001b[1;31m",
        Ink.EvalLoss => "\u001b[93m",
        Ink.TrainLoss => "\u001b[94m",
        _ => "",
    };

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
