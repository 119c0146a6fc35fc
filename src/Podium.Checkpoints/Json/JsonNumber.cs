using System.Globalization;

namespace Podium.Checkpoints.Json;

/// <summary>Reads numbers out of JSON text, exactly and fast.</summary>
internal static class JsonNumber
{
    // Every power of ten up to 10^22 is a double exactly.
    private static ReadOnlySpan<double> ExactPowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Reads the number at the start of a text, by JSON's grammar.</summary>
    /// <param name="text">The text; what follows the number is left alone.</param>
    /// <param name="value">The nearest double; ±∞ where the number is beyond its range.</param>
    /// <returns>The number's length in bytes; 0 where there is none.</returns>
    public static int Read(ReadOnlySpan<byte> text, out double value)
    {
        var i = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative) i++;

        ulong mantissa = 0;
        var significant = 0;
        var start = i;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            mantissa = mantissa * 10 + (uint)(text[i] - '0');
            if (mantissa != 0 || significant != 0) significant++;
        }

        value = 0;
        var whole = i - start;
        if (whole == 0 || (whole > 1 && text[start] == (byte)'0')) return 0;

        var exponent = 0;
        if (i < text.Length && text[i] == (byte)'.')
        {
            var fraction = ++i;
            // Logged numbers have up to 17 digits there: eight at a time.
            while (i + 8 <= text.Length && EightDigits.TryRead(text[i..], out var eight))
            {
                significant += mantissa != 0 || significant != 0 ? 8 : EightDigits.CountSignificant(eight);
                mantissa = mantissa * 100_000_000 + eight;
                i += 8;
            }

            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            {
                mantissa = mantissa * 10 + (uint)(text[i] - '0');
                if (mantissa != 0 || significant != 0) significant++;
            }

            if (i == fraction) return 0;
            exponent = fraction - i;
        }

        if (i < text.Length && (text[i] | 0x20) == 'e')
        {
            var length = ReadExponent(text[(i + 1)..], out var written);
            if (length == 0) return 0;
            exponent += written;
            i += 1 + length;
        }

        // Up to 2^53 the digits are a double exactly, and one multiplication or division rounds once: the nearest double
        // (W. Clinger, How to read floating point numbers accurately, 1990).
        if (significant <= 19 && mantissa <= 1UL << 53 && (uint)(exponent + 22) <= 44)
        {
            double digits = mantissa;
            value = exponent < 0 ? digits / ExactPowersOfTen[-exponent] : digits * ExactPowersOfTen[exponent];
            if (negative) value = -value;
            return i;
        }

        if (significant is > 0 and <= 19 && DecimalToDouble.TryConvert(mantissa, exponent, out value))
        {
            if (negative) value = -value;
            return i;
        }

        value = double.Parse(text[..i], NumberStyles.Float, CultureInfo.InvariantCulture);
        return i;
    }

    private static int ReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        var i = 0;
        var negative = text.Length > 0 && text[0] == (byte)'-';
        if (negative || (text.Length > 0 && text[0] == (byte)'+')) i++;

        exponent = 0;
        var start = i;
        // Beyond this the number is 0 or infinite anyway; the framework works it out from the text.
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++) exponent = Math.Min(exponent * 10 + (text[i] - '0'), 100_000);
        if (negative) exponent = -exponent;
        return i == start ? 0 : i;
    }
}
