using System.Globalization;

namespace Podium.Ranking;

/// <summary>How numbers are written in sentences.</summary>
internal static class Words
{
    /// <summary>A share in percent: one digit behind the point, more where that would be 0, and never 100 % of what is not all.</summary>
    public static string Percent(double share)
    {
        if (share is >= 0.9995 and < 1) return "over 99.9 %";
        var format = Math.Abs(share) is > 0 and < 0.0005 ? "0.###" : "0.#";
        return $"{(share * 100).ToString(format, CultureInfo.InvariantCulture)} %";
    }

    public static string Number(double value) => value.ToString(Math.Abs(value) is >= 0.001 and < 10_000 or 0 ? "0.####" : "0.###E+0", CultureInfo.InvariantCulture);

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
