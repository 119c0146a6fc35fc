using System.Text.Json;

namespace Podium.Cli.Output;

/// <summary>Writes one JSON document to stdout.</summary>
internal sealed class JsonDocumentWriter : IDisposable
{
    private readonly Stream _stream;

    private JsonDocumentWriter(Stream stream)
    {
        _stream = stream;
        Writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
    }

    public Utf8JsonWriter Writer { get; }

    public static JsonDocumentWriter ToStandardOutput() => new(Console.OpenStandardOutput());

    public void Dispose()
    {
        Writer.Dispose();
        _stream.Write("\n"u8);
        _stream.Dispose();
    }
}

internal static class JsonNumbers
{
    /// <summary>Writes a number; one that is missing or not finite as null.</summary>
    public static void WriteFinite(this Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number)) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }

    public static void WriteWhole(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number) writer.WriteNumber(name, number);
        else writer.WriteNull(name);
    }
}
