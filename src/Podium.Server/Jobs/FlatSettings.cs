using System.Text.Encodings.Web;
using System.Text.Json;

namespace Podium.Server.Jobs;

/// <summary>A setting of a job.</summary>
/// <param name="Name">Its name, with those of what it lies in before it, joined by dots.</param>
/// <param name="Value">Its value as text.</param>
public sealed record FlatSetting(string Name, string Value);

/// <summary>The settings of a job in one list.</summary>
internal static class FlatSettings
{
    private const int DeepestObject = 32;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All settings of a configuration, in the order of their names.</summary>
    public static IReadOnlyList<FlatSetting> Of(JsonElement? config)
    {
        List<FlatSetting> found = [];
        if (config is { ValueKind: JsonValueKind.Object } all) Add(found, "", all, DeepestObject);
        else if (config is { ValueKind: not JsonValueKind.Null } other) found.Add(new("", TextOf(other)));
        found.Sort(static (one, another) => string.CompareOrdinal(one.Name, another.Name));
        return found;
    }

    private static void Add(List<FlatSetting> found, string prefix, JsonElement settings, int depth)
    {
        foreach (var setting in settings.EnumerateObject())
        {
            var name = prefix + setting.Name;
            if (setting.Value.ValueKind == JsonValueKind.Object && depth > 0 && setting.Value.EnumerateObject().Any()) Add(found, $"{name}.", setting.Value, depth - 1);
            else found.Add(new(name, TextOf(setting.Value)));
        }
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value, Readable);
}
