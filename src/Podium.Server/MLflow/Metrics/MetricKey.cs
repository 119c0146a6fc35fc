using System.Collections.Concurrent;
using System.Text.Json;
using Podium.Server.MLflow.Names;

namespace Podium.Server.MLflow.Metrics;

/// <summary>The keys that clients use: each is made and checked once, so that a point costs no text.</summary>
internal static class MetricKey
{
    // Keys beyond these are made anew each time: whoever invents keys without end must not fill the memory.
    private const int MostKept = 100_000;
    private const int LongestOnStack = 256;

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The key at which a reader stands.</summary>
    /// <exception cref="Calls.MLflowException">It is none.</exception>
    public static string At(ref Utf8JsonReader reader)
    {
        // A text has no more characters than bytes.
        if (reader.ValueSpan.Length <= LongestOnStack)
        {
            Span<char> characters = stackalloc char[LongestOnStack];
            if (BySpan.TryGetValue(characters[..reader.CopyString(characters)], out var known)) return known;
        }

        var key = reader.GetString()!;
        NameRules.CheckKey(key, "Metric");
        return Known.Count < MostKept ? Known.GetOrAdd(key, key) : key;
    }
}
