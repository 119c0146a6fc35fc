using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Podium.Histories;
using Podium.Server.Configuration;
using Podium.Server.Wire;
using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary>Reads metrics objects of a report, one after the other, straight from its bytes.</summary>
/// <remarks>
/// Entries mostly have the same fields in the same order: so a name is first compared with the one that came next the last time,
/// and only looked up where it is another. Good for one request.
/// </remarks>
internal sealed class EntryParser(int longestName)
{
    private readonly List<MetricName> _order = [];
    private readonly HashSet<string> _metricNames = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, double>> _metrics = [];
    private long? _step;
    private long? _time;
    private double? _trainLoss;

    /// <summary>The metrics that were read so far, by the names under which they are kept.</summary>
    public IReadOnlyCollection<string> MetricNames => _metricNames;

    /// <summary>What is wrong, as "field: what", once <see cref="TryRead"/> has said no.</summary>
    public (string Field, string What) Fault { get; private set; }

    /// <summary>The job that the entry was of, if it said so.</summary>
    public string? JobId { get; private set; }

    /// <summary>Reads the object at which a reader stands, to its closing brace.</summary>
    /// <exception cref="JsonException">The bytes are no JSON.</exception>
    public bool TryRead(ref Utf8JsonReader reader, out JobReportEntry entry)
    {
        entry = default;
        if (reader.TokenType != JsonTokenType.StartObject) return Fail("", "must be an object");
        _metrics.Clear();
        (_step, _time, _trainLoss, JobId) = (null, null, null, null);
        for (var place = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; place++)
        {
            if (Name(ref reader, place) is not { } name) return Fail(Shortened(ref reader), $"is no name for a metric: it must have 1 to {longestName} characters ({ServerLimits.OptionOf("name_length")})");
            reader.Read();
            if (!ReadField(ref reader, name)) return false;
        }

        if (_step is not { } step) return Fail("step", "is missing");
        AddTrainLoss();
        entry = new JobReportEntry(step, _time, _metrics.ToArray());
        return true;
    }

    private MetricName? Name(ref Utf8JsonReader reader, int place)
    {
        if (place < _order.Count && !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(_order[place].Utf8)) return _order[place];
        if (Metrics.MetricNames.At(ref reader, longestName) is not { } name) return null;
        if (place < _order.Count) _order[place] = name;
        else _order.Add(name);
        if (name.Field == MetricField.Metric) _metricNames.Add(name.Text);
        return name;
    }

    private bool ReadField(ref Utf8JsonReader reader, MetricName name)
    {
        switch (name.Field)
        {
            case MetricField.Step:
                if (reader.TokenType != JsonTokenType.Number) return Fail("step", "must be a whole number");
                if (!reader.TryGetInt64(out var step))
                {
                    // 20.0 is 20, as Python may write it.
                    var number = reader.GetDouble();
                    if (number != Math.Floor(number) || Math.Abs(number) > 1L << 53) return Fail("step", "must be a whole number");
                    step = (long)number;
                }

                if (step < 0) return Fail("step", "must not be negative");
                _step = step;
                return true;

            case MetricField.Timestamp: return ReadTime(ref reader);

            case MetricField.JobId:
                if (reader.TokenType != JsonTokenType.String) return Fail("job_id", "must be a text");
                JobId = reader.GetString();
                return true;

            default:
                if (!TryReadNumber(ref reader, out var value)) return Fail(name.Text, "must be a number, \"NaN\", \"Infinity\", \"-Infinity\" or null");
                if (name.Field == MetricField.TrainLoss) _trainLoss = value;
                // An entry without an epoch is one; an epoch that is no number is none.
                else if (name.Text is not MetricKeys.Epoch || double.IsFinite(value)) Set(name.Text, value);
                return true;
        }
    }

    private bool ReadTime(ref Utf8JsonReader reader)
    {
        const string What = "must be a time: ISO 8601, or seconds or milliseconds since 1970";
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return true;
            case JsonTokenType.Number when WireTime.TryRead(reader.GetDouble(), out var milliseconds):
                _time = milliseconds;
                return true;
            // A time without a zone is UTC, as all times of the contract are.
            case JsonTokenType.String when DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time):
                _time = time.ToUnixTimeMilliseconds();
                return true;
            default: return Fail("timestamp", What);
        }
    }

    /// <summary>A number, or what stands for one that is none: Python's words, and null.</summary>
    private static bool TryReadNumber(ref Utf8JsonReader reader, out double value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                value = reader.GetDouble();
                return true;
            case JsonTokenType.Null:
                value = double.NaN;
                return true;
            case JsonTokenType.String:
                value = reader.ValueTextEquals("NaN"u8) || reader.ValueTextEquals("nan"u8) ? double.NaN
                    : reader.ValueTextEquals("Infinity"u8) || reader.ValueTextEquals("inf"u8) ? double.PositiveInfinity
                    : reader.ValueTextEquals("-Infinity"u8) || reader.ValueTextEquals("-inf"u8) ? double.NegativeInfinity
                    : 0;
                return value != 0;
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>The Trainer's closing entry calls the run's mean by the same name as others call the loss of a step.</summary>
    private void AddTrainLoss()
    {
        if (_trainLoss is not { } loss) return;
        var name = Metrics.MetricNames.OfTrainLoss(_metrics.Exists(static metric => metric.Key is MetricKeys.TrainRuntime));
        _metricNames.Add(name);
        // Where both are given, the Trainer's own name is the better one.
        if (!_metrics.Exists(metric => metric.Key == name)) _metrics.Add(new(name, loss));
    }

    /// <summary>Of a name that stands twice, the later one counts, as it does in Python.</summary>
    private void Set(string name, double value)
    {
        foreach (ref var metric in CollectionsMarshal.AsSpan(_metrics))
        {
            if (!ReferenceEquals(metric.Key, name)) continue;
            metric = new(name, value);
            return;
        }

        _metrics.Add(new(name, value));
    }

    private string Shortened(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        return name.Length <= longestName ? name : $"{name.AsSpan(0, Math.Min(longestName, 32))}…";
    }

    private bool Fail(string field, string what)
    {
        Fault = (field, what);
        return false;
    }
}
