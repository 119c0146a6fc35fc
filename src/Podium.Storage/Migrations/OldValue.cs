using System.Globalization;

namespace Podium.Storage.Migrations;

/// <summary>Reads values whose types differed from one installation of the old system to the next.</summary>
internal static class OldValue
{
    /// <summary>The value as a column of ours takes it; null where it says nothing.</summary>
    /// <param name="type">The type of our column.</param>
    /// <param name="value">The old value.</param>
    public static object? For(string type, object? value) => type switch
    {
        "bigint" => Whole(value, long.MaxValue),
        "integer" => Whole(value, int.MaxValue),
        "double precision" => Number(value) is { } number && double.IsFinite(number) ? number : null,
        _ => Text(value),
    };

    public static string? Text(object? value) => value switch
    {
        null => null,
        byte[] => null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A number, NaN and the infinities included; null where it is none.</summary>
    public static double? Number(object? value) => value switch
    {
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        // The decimal that was written, and not the binary fraction that four bytes made of it: 0.4, not 0.4000000059604645.
        float single => double.Parse(single.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        long or int or short or byte or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A whole number; what lies behind its point is left out (an epoch was a fraction to some).</summary>
    public static long? Whole(object? value, long highest = long.MaxValue) => value switch
    {
        long number => Math.Abs((double)number) <= highest ? number : null,
        bool truth => truth ? 1 : 0,
        _ => Number(value) is { } number && Math.Abs(number) < highest ? (long)number : null,
    };

    /// <summary>Times were kept as timestamps, as ISO 8601 text, or as seconds.</summary>
    public static long? Milliseconds(object? value) => value switch
    {
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds(),
        DateTimeOffset time => time.ToUnixTimeMilliseconds(),
        string text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.ToUnixTimeMilliseconds(),
        // A number this large has been milliseconds; as seconds it would lie in the year 5138.
        _ => Number(value) is { } number && Math.Abs(number) < 1e15 ? (long)(number < 1e11 ? number * 1000 : number) : null,
    };
}
