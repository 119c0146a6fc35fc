using System.Globalization;

namespace Podium.Checkpoints.Lightning;

/// <summary>Reads numbers as Python's <c>str</c> writes them.</summary>
internal static class PythonNumber
{
    /// <summary>Reads a number, <c>nan</c>, <c>inf</c> or <c>-inf</c> (in any case).</summary>
    /// <param name="text">The whole cell; white space around the number is passed over.</param>
    /// <param name="value">The nearest double; ±∞ where the number is beyond its range.</param>
    /// <returns>False where the text is no number.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;

        // The framework knows "nan" and "infinity", but not Python's "inf".
        var word = text.Trim();
        var isNegative = word is ['-', ..];
        if (word is ['-' or '+', ..]) word = word[1..];
        if (!word.Equals("inf", StringComparison.OrdinalIgnoreCase)) return false;
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }
}
