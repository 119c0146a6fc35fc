using System.Buffers;
using System.Text.Json;
using Podium.Server.Wire;
using Podium.Storage.Events;

namespace Podium.Server.Live;

/// <summary>An event as it is sent: its time, who did it, and what it says.</summary>
internal static class EventJson
{
    public static ReadOnlyMemory<byte> Of(JobEvent happened)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteNumber("seq", happened.Seq);
        json.WriteString("time", WireTime.Of(happened.Time));
        json.WriteString("actor", happened.Actor);
        foreach (var field in JsonElement.Parse(happened.Data).EnumerateObject()) field.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
