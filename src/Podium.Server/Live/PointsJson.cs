using System.Buffers;
using System.Text.Json;
using Podium.Storage.Events;

namespace Podium.Server.Live;

/// <summary>New points as they are sent: <c>{"run": 1, "points": {"loss": [[10, 2.5], …]}}</c>.</summary>
internal static class PointsJson
{
    private const int MostPoints = 5_000;

    /// <summary>In parts, so that no event is too long to be handed on in one piece.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(IReadOnlyList<NewPoints> points)
    {
        List<(NewPoints Of, int From, int To)> part = [];
        var count = 0;
        foreach (var series in points)
        {
            for (var from = 0; from < series.Points.Count;)
            {
                if (part.Count > 0 && (count >= MostPoints || part[0].Of.Run != series.Run))
                {
                    yield return Write(part);
                    part.Clear();
                    count = 0;
                }

                var to = Math.Min(series.Points.Count, from + MostPoints - count);
                part.Add((series, from, to));
                count += to - from;
                from = to;
            }
        }

        if (part.Count > 0) yield return Write(part);
    }

    private static ReadOnlyMemory<byte> Write(List<(NewPoints Of, int From, int To)> part)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteNumber("run", part[0].Of.Run);
        json.WriteStartObject("points");
        foreach (var (series, from, to) in part)
        {
            json.WriteStartArray(series.Key);
            for (var i = from; i < to; i++)
            {
                var (step, value) = series.Points[i];
                json.WriteStartArray();
                json.WriteNumberValue(step);
                if (double.IsFinite(value)) json.WriteNumberValue(value);
                else json.WriteNullValue();
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
