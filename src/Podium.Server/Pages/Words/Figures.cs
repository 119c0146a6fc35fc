namespace Podium.Server.Pages.Words;

/// <summary>How numbers and times look to people.</summary>
internal static class Figures
{
    /// <summary>Stands where nothing is known.</summary>
    public const string None = "–";

    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB"];

    /// <summary>A loss or a score: four digits behind the point.</summary>
    public static string Loss(double? value) => value is { } number ? Format(number, "0.0000") : None;

    /// <summary>Any metric: five digits that count.</summary>
    public static string Metric(double? value) => value is { } number ? Format(number, Math.Abs(number) is >= 0.001 and < 100_000 or 0 ? "0.#####" : "0.###e-0") : None;

    /// <summary>A share from 0 to 1 in percent.</summary>
    public static string Share(double? share) => share is { } number ? $"{Format(number * 100, Math.Abs(number) < 0.0995 ? "0.0" : "0")} %" : None;

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Whole(long? value) => value is { } number ? number.ToString("#,0") : None;

    public static string Epoch(double? epoch) => epoch is { } number ? Format(number, "0.##") : None;

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string noun) => $"{Whole(count)} {noun}{(count == 1 ? "" : "s")}";

    public static string Bytes(long? bytes)
    {
        if (bytes is not { } size) return None;
        double rest = size;
        var unit = 0;
        for (; rest >= 999.5 && unit < Units.Length - 1; unit++) rest /= 1000;
        return unit == 0 ? $"{size} B" : $"{rest:0.#} {Units[unit]}";
    }

    /// <summary>A length of time in its two largest units.</summary>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } length || !double.IsFinite(length) || length >= TimeSpan.MaxValue.TotalSeconds) return None;
        // Whole seconds first: what is almost a minute is one.
        var time = TimeSpan.FromSeconds(Math.Round(Math.Max(0, length)));
        return time.TotalDays >= 1 ? $"{(int)time.TotalDays} d {time.Hours} h"
            : time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
            : time.TotalMinutes >= 1 ? $"{(int)time.TotalMinutes} min {time.Seconds} s"
            : $"{time.TotalSeconds:0} s";
    }

    /// <summary>How long ago a time was, in its largest unit.</summary>
    public static string Ago(DateTime time, DateTimeOffset now)
    {
        var past = now.UtcDateTime - time;
        return past.TotalDays >= 2 ? $"{(int)past.TotalDays} days ago"
            : past.TotalHours >= 2 ? $"{(int)past.TotalHours} hours ago"
            : past.TotalMinutes >= 2 ? $"{(int)past.TotalMinutes} minutes ago"
            : past.TotalSeconds >= 10 ? "a minute ago"
            : "just now";
    }

    /// <summary>A time to the minute, in UTC: whoever looks may be anywhere.</summary>
    public static string Time(DateTime? time) => time is { } known ? $"{known:yyyy-MM-dd HH:mm} UTC" : None;

    private static string Format(double value, string format) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? value > 0 ? "∞" : "−∞"
        : (Math.Abs(value) >= 1e7 ? value.ToString("0.###e-0") : value.ToString(format)).Replace('-', '−');
}
