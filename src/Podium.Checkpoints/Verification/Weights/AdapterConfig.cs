using System.Text.Json;

namespace Podium.Checkpoints.Verification.Weights;

/// <summary>Checks the configuration without which an adapter's weights cannot be loaded.</summary>
internal static class AdapterConfig
{
    private const int LongestConfig = 16 << 20;

    /// <summary>What is wrong with it; null where nothing is.</summary>
    /// <param name="findings">The checkpoint.</param>
    /// <param name="folder">Where the adapter lies in it, with the slash behind.</param>
    public static ReadFault? FaultOf(Findings findings, string folder)
    {
        var path = folder + "adapter_config.json";
        var file = FilePart.Whole(findings.FullPath(path), path, LongestConfig);
        // PEFT writes it behind the weights: so it may still come.
        if (file.IsGone) return new ReadFault(path, "the adapter's configuration is missing") { EndedEarly = true };
        return file.Value is { } text ? FaultOf(text, path) : file.Fault;
    }

    private static ReadFault? FaultOf(byte[] text, string path)
    {
        try
        {
            var json = new Utf8JsonReader(text);
            var isObject = json.Read() && json.TokenType == JsonTokenType.StartObject;
            while (json.Read())
            {
            }

            return isObject ? null : new ReadFault(path, "the adapter's configuration is no object");
        }
        catch (JsonException exception)
        {
            var endsInside = text.AsSpan().TrimEnd(" \r\n\t"u8) is not [.., (byte)'}'];
            return new ReadFault(path, $"the adapter's configuration is no JSON: {exception.Message}") { EndedEarly = endsInside };
        }
    }
}
