using System.Globalization;
using System.Text.Json;
using Podium.Cli.Output;

namespace Podium.Cli.Client;

/// <summary>Fields of an object that the server answered. One that is missing reads as null does: an older server does not know it yet.</summary>
internal static class Fields
{
    public static string? Text(this JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(this JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    public static long? Whole(this JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The items of an array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>A time: to the minute for people, in their own zone, and as it was answered for machines.</summary>
    public static Cell Time(this JsonElement answer, string name) =>
        answer.Text(name) is not { } text ? ""
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new Cell(time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), text)
        : text;

    /// <summary>A whole number; empty where there is none.</summary>
    public static Cell Count(this JsonElement answer, string name) => answer.Whole(name) is { } number ? number : "";

    /// <summary>Prints an answer as the server gave it. Programs read its names there, and here the same.</summary>
    public static void WriteJson(this JsonElement answer)
    {
        using var json = JsonDocumentWriter.ToStandardOutput();
        answer.WriteTo(json.Writer);
    }
}
