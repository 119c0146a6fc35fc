using System.Text.Json;

namespace Podium.Server.MLflow.Calls;

/// <summary>How MLflow writes what occurs in several answers. As in the original, an empty list is left out.</summary>
internal static class MLflowJson
{
    /// <summary>Writes a list of pairs, e.g. tags.</summary>
    public static void WritePairs(this Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, string>> pairs) => json.WriteList(name, pairs, static (json, pair) =>
    {
        json.WriteString("key", pair.Key);
        json.WriteString("value", pair.Value);
    });

    /// <summary>Writes a list of objects.</summary>
    public static void WriteList<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a number, also one that JSON has no word for.</summary>
    public static void WriteDouble(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    /// <summary>Writes a text, unless there is none.</summary>
    public static void WriteIfAny(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }
}
