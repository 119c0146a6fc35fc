using System.Text.Json;
using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Metrics;
using Podium.Server.MLflow.Names;

namespace Podium.Server.MLflow.Runs;

/// <summary>What a client logs, as it was read.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Metrics">Its metrics.</param>
/// <param name="Params">Its params, each key once.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record ParsedLog(string RunId, MetricBatch Metrics, IReadOnlyList<KeyValuePair<string, string>> Params, IReadOnlyList<KeyValuePair<string, string>> Tags);

/// <summary>Reads the bodies of <c>runs/log-batch</c> and <c>runs/log-metric</c> straight from their bytes.</summary>
internal static class LogParser
{
    /// <summary>Bytes of a batch.</summary>
    public const int MostBytes = 1_000_000;

    private const int MostMetrics = 1_000;
    private const int MostParams = 100;
    private const int MostTags = 100;
    private const int MostInAll = 1_000;

    /// <summary>Reads a batch.</summary>
    /// <exception cref="MLflowException">It breaks a rule.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ParsedLog ReadBatch(ReadOnlySpan<byte> json)
    {
        if (json.Length > MostBytes) throw MLflowException.Invalid($"Batched logging API requests must be at most {MostBytes} bytes, got a request of size {json.Length}.");
        var reader = Begin(json);
        var metrics = new MetricBatch();
        string? run = null, old = null;
        List<KeyValuePair<string, string>> values = [], tags = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("run_id"u8)) run = ReadText(ref reader, "run_id");
            else if (reader.ValueTextEquals("run_uuid"u8)) old = ReadText(ref reader, "run_uuid");
            else if (reader.ValueTextEquals("metrics"u8)) ReadMetrics(ref reader, metrics);
            else if (reader.ValueTextEquals("params"u8)) ReadPairs(ref reader, "params", values);
            else if (reader.ValueTextEquals("tags"u8)) ReadPairs(ref reader, "tags", tags);
            else Pass(ref reader);
        }

        // What stands behind the end is no JSON either: the reader says so.
        reader.Read();
        Limit("metrics", metrics.Count, MostMetrics);
        Limit("params", values.Count, MostParams);
        Limit("tags", tags.Count, MostTags);
        Limit("metrics, params, and tags", metrics.Count + values.Count + tags.Count, MostInAll);
        NameRules.CheckKeys(values, "Param");
        NameRules.CheckKeys(tags, "Tag");
        var twice = values.GroupBy(param => param.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any());
        if (twice is not null) throw MLflowException.Invalid($"Duplicate parameter keys have been submitted: '{twice.Key}'. Please ensure the request contains only one param value per param key.");
        return new ParsedLog(RunOf(run, old), metrics, values.ConvertAll(param => new KeyValuePair<string, string>(param.Key, NameRules.CutParam(param.Value))), NameRules.CutTags(tags));
    }

    /// <summary>Reads a single metric.</summary>
    /// <exception cref="MLflowException">It breaks a rule.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static ParsedLog ReadMetric(ReadOnlySpan<byte> json)
    {
        var reader = Begin(json);
        var metrics = new MetricBatch();
        string? run = null, old = null;
        var metric = default(MetricFields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("run_id"u8)) run = ReadText(ref reader, "run_id");
            else if (reader.ValueTextEquals("run_uuid"u8)) old = ReadText(ref reader, "run_uuid");
            else if (!metric.TryRead(ref reader)) Pass(ref reader);
        }

        reader.Read();
        metric.AddTo(metrics, "");
        return new ParsedLog(RunOf(run, old), metrics, [], []);
    }

    private static string RunOf(string? run, string? old) => run is { Length: > 0 } ? run : old is { Length: > 0 } ? old : throw MLflowException.Missing("run_id");

    private static Utf8JsonReader Begin(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.TokenType == JsonTokenType.StartObject ? reader : throw MLflowException.Malformed("The body must be a JSON object.");
    }

    private static void Limit(string what, int count, int most)
    {
        if (count > most)
            throw MLflowException.Invalid($"A batch logging request can contain at most {most} {what}. Got {count} {what}. Please split up {what} across multiple requests and try again.");
    }

    private static void ReadMetrics(ref Utf8JsonReader reader, MetricBatch metrics)
    {
        if (!BeginList(ref reader, "metrics")) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw NoList("metrics");
            var metric = default(MetricFields);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (!metric.TryRead(ref reader))
                    Pass(ref reader);
            // Beyond the limit nothing is gathered: it will be refused.
            if (metrics.Count <= MostMetrics) metric.AddTo(metrics, $"metrics[{metrics.Count}].");
        }
    }

    private static void ReadPairs(ref Utf8JsonReader reader, string what, List<KeyValuePair<string, string>> pairs)
    {
        if (!BeginList(ref reader, what)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject) throw NoList(what);
            string? key = null, value = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("key"u8)) key = ReadText(ref reader, $"{what}[{pairs.Count}].key");
                else if (reader.ValueTextEquals("value"u8)) value = ReadText(ref reader, $"{what}[{pairs.Count}].value");
                else Pass(ref reader);
            }

            pairs.Add(new(key is { Length: > 0 } ? key : throw MLflowException.Missing($"{what}[{pairs.Count}].key"), value ?? ""));
        }
    }

    private static bool BeginList(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.StartArray => true,
            JsonTokenType.Null => false,
            _ => throw NoList(what),
        };
    }

    private static MLflowException NoList(string what) => MLflowException.Invalid($"Invalid value for parameter '{what}' supplied: it must be a list of objects.");

    private static string? ReadText(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        return reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Null => null,
            _ => throw MLflowException.Invalid($"Invalid value for parameter '{what}' supplied: it must be a text."),
        };
    }

    private static void Pass(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>A metric as far as it was read.</summary>
    private struct MetricFields
    {
        private string? _key;
        private double? _value;
        private long? _time;
        private long _step;

        /// <summary>Reads the field at whose name a reader stands.</summary>
        /// <returns>False where it is none of a metric's.</returns>
        public bool TryRead(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("key"u8)) _key = ReadKey(ref reader);
            else if (reader.ValueTextEquals("value"u8)) _value = ReadValue(ref reader);
            else if (reader.ValueTextEquals("timestamp"u8)) _time = ReadWhole(ref reader, "timestamp");
            else if (reader.ValueTextEquals("step"u8)) _step = ReadWhole(ref reader, "step") ?? 0;
            else return false;
            return true;
        }

        public readonly void AddTo(MetricBatch metrics, string where) => metrics.Add(
            _key ?? throw MLflowException.Missing($"{where}key"),
            _value ?? throw MLflowException.Missing($"{where}value"),
            _time ?? throw MLflowException.Missing($"{where}timestamp"),
            _step);

        private static string? ReadKey(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return null;
            if (reader.TokenType != JsonTokenType.String) throw MLflowException.Invalid("Invalid value for parameter 'key' supplied: it must be a text.");
            return MetricKey.At(ref reader);
        }

        private static double? ReadValue(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return null;
            return JsonNumbers.TryReadDouble(ref reader, out var value) ? value : throw MLflowException.Invalid("Invalid value for parameter 'value' supplied: it must be a number.");
        }

        private static long? ReadWhole(ref Utf8JsonReader reader, string what)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return null;
            return JsonNumbers.TryReadWhole(ref reader, out var number) ? number : throw MLflowException.Invalid($"Invalid value for parameter '{what}' supplied: it must be a whole number.");
        }
    }
}
