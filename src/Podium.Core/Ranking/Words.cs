using System.Globalization;

namespace Podium.Ranking;

/// <summary>How numbers are written in sentences.</summary>
internal static class Words
{
    /// <summary>A share in percent: one digit behind the point, more where that would be 0.</summary>
    public static string Percent(double share) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(share * 100).ToString(Math.Abs(share) is > 0 and < 0.0005 ? "0.###" : "0.#", CultureInfo.InvariantCulture)} %");

    public static string Number(double value) => value.ToString(Math.Abs(value) is >= 0.001 and < 10_000 or 0 ? "0.####" : "0.###E+0", CultureInfo.InvariantCulture);

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
