using System.Text.Json;
using System.Text.Json.Serialization;

namespace Podium.Server.Pages.Charts;

/// <summary>What a page says to its charts, in attributes.</summary>
internal static class ChartJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
