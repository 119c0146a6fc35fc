using System.Text.Json.Serialization;

namespace Podium.PageLoad.Browsing;

/// <summary>What one visit of a page cost: times in milliseconds, those without a span from the start of the visit.</summary>
/// <param name="FirstByte">From asking for the page to the first byte of it.</param>
/// <param name="Html">From asking for the page to its last byte.</param>
/// <param name="Painted">When the first content was on the screen.</param>
/// <param name="Script">When the script was there.</param>
/// <param name="Asked">When the first series was asked for.</param>
/// <param name="Answered">When it was there.</param>
/// <param name="Usable">When the chart of the losses had drawn all.</param>
/// <param name="Bytes">What came over the wire, heads included.</param>
/// <param name="SeriesUrl">The address of the first series.</param>
/// <param name="SeriesBytes">How much came of it.</param>
/// <param name="LongTask">The longest time for which the page could not answer anybody.</param>
internal sealed record Figures(
    [property: JsonPropertyName("first_byte")] double FirstByte,
    [property: JsonPropertyName("html")] double Html,
    [property: JsonPropertyName("painted")] double? Painted,
    [property: JsonPropertyName("script")] double? Script,
    [property: JsonPropertyName("asked")] double? Asked,
    [property: JsonPropertyName("answered")] double? Answered,
    [property: JsonPropertyName("usable")] double Usable,
    [property: JsonPropertyName("bytes")] double Bytes,
    [property: JsonPropertyName("series_url")] Uri? SeriesUrl,
    [property: JsonPropertyName("series_bytes")] double? SeriesBytes,
    [property: JsonPropertyName("long_task")] double LongTask)
{
    /// <summary>The script's memory once garbage is collected, in bytes.</summary>
    public double Heap { get; init; }

    /// <summary>The nodes of the page.</summary>
    public double Nodes { get; init; }
}
