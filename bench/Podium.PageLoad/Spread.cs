using System.Globalization;

namespace Podium.PageLoad;

/// <summary>The lowest, the middle and the highest of what was measured several times.</summary>
internal static class Spread
{
    public static string Of<T>(IEnumerable<T> all, Func<T, double> of)
    {
        double[] sorted = [.. all.Select(of).Order()];
        return $"{Text(sorted[0])} / **{Text(sorted[sorted.Length / 2])}** / {Text(sorted[^1])}";
    }

    /// <summary>The value below which a share of all lies.</summary>
    public static double At(IEnumerable<double> all, double share)
    {
        double[] sorted = [.. all.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    private static string Text(double number) => number.ToString(number >= 100 ? "#,0" : number >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
