namespace Podium.Server.Wire;

/// <summary>Times as they are kept (milliseconds since 1970 UTC) and as they are written (ISO 8601 UTC, or seconds).</summary>
internal static class WireTime
{
    // 9999-12-31: what lies beyond is no time that was ever measured.
    private const long Latest = 253_402_300_799_999;

    // Seconds since 1970 stay below this until the year 5138; milliseconds are above it since 1973.
    private const double FewestMilliseconds = 1e11;

    /// <summary>As .NET writes it into JSON with a Z at its end.</summary>
    public static DateTime? Of(long? milliseconds) => milliseconds is { } known ? Of(known) : null;

    /// <summary>As .NET writes it into JSON with a Z at its end.</summary>
    public static DateTime Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, Latest)).UtcDateTime;

    /// <summary>Whole seconds since 1970, as OpenAI's protocol has them.</summary>
    public static long? SecondsOf(long? milliseconds) => milliseconds / 1000;

    /// <summary>Milliseconds of a number that means seconds or milliseconds since 1970.</summary>
    public static bool TryRead(double number, out long milliseconds)
    {
        milliseconds = 0;
        if (!double.IsFinite(number) || number < 0) return false;
        var value = number < FewestMilliseconds ? number * 1000 : number;
        if (value > Latest) return false;
        milliseconds = (long)Math.Round(value);
        return true;
    }
}
