using System.CommandLine.Parsing;
using System.Globalization;

namespace Podium.Cli.CommandLine;

/// <summary>Reads the numbers that people type, and says in their words what is wrong with one.</summary>
internal static class NumberOptions
{
    /// <summary>A loss as Python or JSON writes it: with a point, <c>nan</c> and <c>inf</c> among them. A comma is no point and separates no thousands.</summary>
    public static double Loss(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var loss)) return loss;
        if (text.TrimStart('+').Equals("inf", StringComparison.OrdinalIgnoreCase)) return double.PositiveInfinity;
        if (text.Equals("-inf", StringComparison.OrdinalIgnoreCase)) return double.NegativeInfinity;

        result.AddError($"'{text}' is no number for {Name(result)}: give one like 1.25.");
        return double.NaN;
    }

    /// <summary>A number of things, 0 or more.</summary>
    public static int Count(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;

        result.AddError($"'{text}' is no number for {Name(result)}: give 0, 1, 2 and so on.");
        return 0;
    }

    private static string Name(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? result.Argument.Name;
}
