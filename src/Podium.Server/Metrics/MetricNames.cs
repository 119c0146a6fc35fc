using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Podium.Histories;

namespace Podium.Server.Metrics;

/// <summary>What a field of a report is.</summary>
internal enum MetricField
{
    /// <summary>A metric.</summary>
    Metric,

    /// <summary>The step.</summary>
    Step,

    /// <summary>When it was logged.</summary>
    Timestamp,

    /// <summary>The job, in a line of a stream.</summary>
    JobId,

    /// <summary>The training loss of a report; with <c>train_runtime</c> beside it, the mean of the whole run.</summary>
    TrainLoss,
}

/// <summary>A field's name, once for the whole server.</summary>
/// <param name="Text">The name; of a metric, the trainer's.</param>
/// <param name="Utf8">The same as it stands in a report.</param>
/// <param name="Field">What the field is.</param>
internal sealed record MetricName(string Text, byte[] Utf8, MetricField Field);

/// <summary>The names that reports use: each is made once, so that a point costs no text.</summary>
internal static class MetricNames
{
    // Names beyond these are made anew each time: whoever invents names without end must not fill the memory.
    private const int MostKept = 100_000;
    private const int LongestOnStack = 256;

    private static readonly ConcurrentDictionary<string, MetricName> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, MetricName>.AlternateLookup<ReadOnlySpan<char>> BySpan = Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The name at which a reader stands.</summary>
    /// <returns>Null where it is empty or longer than allowed.</returns>
    public static MetricName? At(ref Utf8JsonReader reader, int longest)
    {
        // A character takes one to six bytes, escaped or not.
        if (reader.ValueSpan.Length is 0 || reader.ValueSpan.Length > longest * 6L) return null;
        var rented = reader.ValueSpan.Length > LongestOnStack ? new char[reader.ValueSpan.Length] : null;
        var characters = rented ?? stackalloc char[LongestOnStack];
        characters = characters[..reader.CopyString(characters)];
        if (characters.Length > longest) return null;
        if (BySpan.TryGetValue(characters, out var known)) return known;

        var text = characters.ToString();
        var name = new MetricName(text, Encoding.UTF8.GetBytes(text), FieldOf(text));
        return Known.Count < MostKept ? Known.GetOrAdd(text, name) : name;
    }

    private static MetricField FieldOf(string name) => name switch
    {
        "step" => MetricField.Step,
        "timestamp" => MetricField.Timestamp,
        "job_id" => MetricField.JobId,
        "train_loss" => MetricField.TrainLoss,
        _ => MetricField.Metric,
    };

    /// <summary>The name under which a report's <c>train_loss</c> is kept.</summary>
    public static string OfTrainLoss(bool isMeanOfTheRun) => isMeanOfTheRun ? MetricKeys.TrainLossMean : MetricKeys.Loss;
}
