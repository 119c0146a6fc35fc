using System.Buffers;
using System.Text.Json;

namespace Podium.Server.Live;

/// <summary>Tells of a status only what is another than before: the first time all of it.</summary>
internal sealed class StatusChanges
{
    private JsonElement? _before;

    /// <param name="status">The status as it is answered.</param>
    public ReadOnlyMemory<byte> Next(JsonElement status)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        foreach (var field in status.EnumerateObject())
        {
            if (_before is { } before && before.TryGetProperty(field.Name, out var old) && JsonElement.DeepEquals(old, field.Value)) continue;
            field.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        _before = status;
        return bytes.WrittenMemory;
    }
}
