using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Podium.Storage.Jobs;
using Podium.Strategies;

namespace Podium.Storage.Tracking;

/// <summary>What a run's params and tags say of its job.</summary>
internal static class JobSettings
{
    public const string StrategyTag = "podium.strategy";
    public const string NameTag = "mlflow.runName";

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether tags can be taken in.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static TrackingRefusal? Check(IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
            if (key == StrategyTag && !StrategyParser.TryParse(value, out _, out var error))
                return new TrackingRefusal(TrackingRefusalReason.Invalid, $"The tag {StrategyTag} names no strategy: {error}");

        return null;
    }

    /// <summary>Takes tags into a job's row.</summary>
    public static void TakeTags(JobRow row, IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key == StrategyTag) row.Strategy = value;
            else if (key == NameTag) row.JobName = value;
        }
    }

    /// <summary>Takes params into a job's row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="added">The new ones.</param>
    /// <param name="all">All that the run has, the new ones too: what is told by several together may come in parts.</param>
    public static void TakeParams(JobRow row, IReadOnlyList<KeyValuePair<string, string>> added, Dictionary<string, string> all)
    {
        row.Config = Merge(row.Config, added);
        // What was said in Podium's own protocol stands.
        row.ModelName ??= Text(all, "_name_or_path") ?? Text(all, "model_name_or_path") ?? Text(all, "model_name");
        row.DatasetName ??= Text(all, "dataset_name");
        row.OutputDir ??= Text(all, "output_dir");
        row.BatchSize ??= Whole(all, "per_device_train_batch_size");
        row.GradientAccumulationSteps ??= Whole(all, "gradient_accumulation_steps");
        var epochs = Number(all, "num_train_epochs");
        if (Whole(all, "max_steps") is > 0 and var steps)
        {
            row.TotalSteps ??= steps;
            // A trainer that is told both trains so many steps, however many epochs that makes.
            if (row.TotalEpochs == epochs) row.TotalEpochs = null;
        }
        else if (epochs is > 0) row.TotalEpochs ??= epochs;
    }

    private static string? Text(Dictionary<string, string> all, string key) => all.GetValueOrDefault(key) is { Length: > 0 } text && text != "None" ? text : null;

    private static double? Number(Dictionary<string, string> all, string key) =>
        double.TryParse(all.GetValueOrDefault(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static long? Whole(Dictionary<string, string> all, string key) =>
        Number(all, key) is { } number && Math.Abs(number) < long.MaxValue && Math.Floor(number) == number ? (long)number : null;

    /// <summary>Adds params to a JSON object. Python's words become JSON's; what is no number and no such word stays text.</summary>
    private static string Merge(string? config, IReadOnlyList<KeyValuePair<string, string>> added)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            var fresh = added.ToDictionary(param => param.Key, param => param.Value, StringComparer.Ordinal);
            json.WriteStartObject();
            if (config is not null)
            {
                using var old = JsonDocument.Parse(config);
                if (old.RootElement.ValueKind == JsonValueKind.Object)
                    foreach (var setting in old.RootElement.EnumerateObject())
                        if (!fresh.ContainsKey(setting.Name))
                            setting.WriteTo(json);
            }

            foreach (var (key, value) in fresh)
            {
                json.WritePropertyName(key);
                WriteValue(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteValue(Utf8JsonWriter json, string value)
    {
        switch (value)
        {
            case "True": json.WriteBooleanValue(true); break;
            case "False": json.WriteBooleanValue(false); break;
            case "None": json.WriteNullValue(); break;
            default:
                if (IsJsonNumber(value)) json.WriteRawValue(value);
                else json.WriteStringValue(value);
                break;
        }
    }

    private static bool IsJsonNumber(string value)
    {
        if (value.Length is 0 or > 40 || !(char.IsAsciiDigit(value[0]) || value[0] == '-')) return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == value.Length && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
