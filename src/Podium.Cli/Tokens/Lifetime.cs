using System.CommandLine.Parsing;
using System.Globalization;

namespace Podium.Cli.Tokens;

/// <summary>Reads how long a token is good for: <c>30d</c>.</summary>
internal static class Lifetime
{
    // Ten years: beyond that somebody mistyped, or wants one that does not expire.
    private const int MostDays = 3660;

    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var days = text is [.., var unit] && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && DaysOf(unit) is { } each ? number * each : 0;
        if (days > 0 && days <= MostDays) return TimeSpan.FromDays(days);

        result.AddError($"'{text}' is no time for --expires: give one like 12h, 30d, 8w or 1y, up to 10y.");
        return null;
    }

    private static double? DaysOf(char unit) => unit switch
    {
        'h' => 1.0 / 24,
        'd' => 1,
        'w' => 7,
        'y' => 366,
        _ => null,
    };
}
