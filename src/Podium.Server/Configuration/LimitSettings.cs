using System.Globalization;

namespace Podium.Server.Configuration;

/// <summary>Reads the section <c>limits</c>: <c>{"limits": {"body_bytes": 33554432}}</c>, or <c>PODIUM_LIMITS__BODY_BYTES</c>.</summary>
internal static class LimitSettings
{
    // 0 means never: to nothing else there is such a value.
    private const string Silence = "fail_silent_after_seconds";

    private static readonly (string Name, Func<ServerLimits, long, ServerLimits> Set, long Highest)[] All =
    [
        ("body_bytes", (limits, value) => limits with { BodyBytes = value }, long.MaxValue),
        ("batch_entries", (limits, value) => limits with { BatchEntries = (int)value }, int.MaxValue),
        ("name_length", (limits, value) => limits with { NameLength = (int)value }, int.MaxValue),
        ("jobs", (limits, value) => limits with { Jobs = (int)value }, int.MaxValue),
        ("series_per_job", (limits, value) => limits with { SeriesPerJob = (int)value }, int.MaxValue),
        ("artifact_bytes", (limits, value) => limits with { ArtifactBytes = value }, long.MaxValue),
        ("free_bytes", (limits, value) => limits with { FreeBytes = value }, long.MaxValue),
        ("requests_per_second", (limits, value) => limits with { RequestsPerSecond = (int)value }, int.MaxValue),
        (Silence, (limits, value) => limits with { FailSilentAfterSeconds = (int)value }, int.MaxValue),
        ("failed_sign_ins_per_minute", (limits, value) => limits with { FailedSignInsPerMinute = (int)value }, int.MaxValue),
    ];

    /// <summary>The names of the limits.</summary>
    public static IEnumerable<string> Names => All.Select(limit => limit.Name);

    /// <summary>Reads them.</summary>
    /// <param name="valueOf">What was told for a name.</param>
    /// <param name="told">The names for which something was told.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static ServerLimits Read(Func<string, string?> valueOf, IEnumerable<string> told, List<string> faults)
    {
        var limits = new ServerLimits();
        foreach (var (name, set, highest) in All)
        {
            if (valueOf(name) is not { } text) continue;
            var lowest = name == Silence ? 0 : 1;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest) limits = set(limits, value);
            else faults.Add($"limits.{name}: '{text}' is no whole number from {lowest} to {highest}.");
        }

        foreach (var name in told.Distinct(StringComparer.OrdinalIgnoreCase))
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                faults.Add($"limits.{name}: there is no such limit. There are {string.Join(", ", Names)}.");
        return limits;
    }
}
