using System.Globalization;

namespace Podium.Cli.Output;

/// <summary>How numbers look to people.</summary>
internal static class Numbers
{
    public const string Loss = "0.0000";

    public const string Percent = "0.0 %";

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    public static string Format(double value, string format)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "-∞";
        // A percent sign in a format multiplies by 100, as it should; a huge number needs another form.
        return Math.Abs(value) >= 1e7 ? value.ToString("0.###E+0", CultureInfo.InvariantCulture) : value.ToString(format, CultureInfo.InvariantCulture);
    }

    public static string Bytes(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 999.5 && unit < Units.Length - 1; unit++) size /= 1000;
        return unit == 0 ? $"{bytes} B" : string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
