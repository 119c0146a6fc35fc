using System.Text.Json;

namespace Podium.Checkpoints.Verification.Models;

/// <summary>What a <c>config.json</c> says of a model's size.</summary>
internal sealed class ModelConfig
{
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private ModelConfig()
    {
    }

    /// <summary>The architecture, as Transformers calls it; empty where none is named.</summary>
    public string ModelType => Text("model_type");

    /// <summary>Whether the weights are packed, so that their shapes say nothing of the parameters.</summary>
    public bool IsQuantized { get; private init; }

    /// <summary>A whole number of the first key that has one; null where none has.</summary>
    public long? Number(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (_numbers.TryGetValue(key, out var number))
                return number;

        return null;
    }

    /// <summary>A text; empty where there is none.</summary>
    public string Text(string key) => _texts.GetValueOrDefault(key, "");

    /// <summary>Reads a configuration; null where it is none.</summary>
    public static ModelConfig? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
            var config = new ModelConfig { IsQuantized = document.RootElement.TryGetProperty("quantization_config", out var quantized) && quantized.ValueKind != JsonValueKind.Null };
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt64(out var number)) config._numbers[member.Name] = number;
                else if (member.Value.ValueKind == JsonValueKind.String) config._texts[member.Name] = member.Value.GetString()!;
            }

            return config;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
