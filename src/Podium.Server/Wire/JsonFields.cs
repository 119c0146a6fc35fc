using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Podium.Server.Configuration;

namespace Podium.Server.Wire;

/// <summary>The fields of a small JSON object that somebody sent. Whatever is wrong with them is gathered, and told at once.</summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    private JsonFields(Dictionary<string, JsonElement> fields) => _fields = fields;

    /// <summary>What is wrong so far, as an answer; null where nothing is.</summary>
    public ProblemHttpResult? Refusal => _faults.Count == 0 ? null : Problems.BadRequest(string.Join(" ", _faults));

    /// <summary>Whether there are no fields at all.</summary>
    public bool IsEmpty => _fields.Count == 0;

    /// <summary>Reads the body of a request.</summary>
    public static async Task<JsonFields> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var body = await RequestBody.ReadAsync(request, cancellation);
        if (body.Bytes.Trim(" \t\r\n"u8).IsEmpty) return Wrong("The body is empty; it must be a JSON object.");
        try
        {
            using var document = JsonDocument.Parse(body.Memory);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Wrong("The body must be a JSON object.");
            Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
            // Of a name that stands twice, the later one counts.
            foreach (var field in document.RootElement.EnumerateObject()) fields[field.Name] = field.Value.Clone();
            return new JsonFields(fields);
        }
        catch (JsonException fault)
        {
            return Wrong($"The body is no JSON: {fault.Message}");
        }
    }

    /// <summary>Fields that came as texts, from a form; an empty one is null.</summary>
    public static JsonFields Of(params ReadOnlySpan<(string Name, string? Text)> texts)
    {
        Dictionary<string, JsonElement> fields = new(StringComparer.Ordinal);
        foreach (var (name, text) in texts) fields[name] = JsonSerializer.SerializeToElement(string.IsNullOrWhiteSpace(text) ? null : text.Trim());
        return new JsonFields(fields);
    }

    /// <summary>A field that is none of some; null where there is no such.</summary>
    public string? OtherThan(IReadOnlyList<string> names) => _fields.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal));

    /// <summary>Whether a field was given, be it null.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A name, as long as the server takes them; null where it is missing or null.</summary>
    public string? Text(string name, ServerLimits limits) => Text(name, limits.NameLength, $" ({ServerLimits.OptionOf("name_length")})");

    /// <summary>A text of limited length; null where it is missing or null.</summary>
    /// <param name="name">The field.</param>
    /// <param name="longest">How many characters it may have.</param>
    /// <param name="option">What to add of where that is set.</param>
    public string? Text(string name, int longest, string option = "")
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) return Fault($"{name} must be a text.");
        var text = value.GetString()!;
        if (text.Length > longest) return Fault($"{name} is {text.Length} characters long; at most {longest} are kept{option}.");
        return text.Any(char.IsControl) ? Fault($"{name} must not hold control characters.") : text;
    }

    /// <summary>A text of several lines, of which the end is kept; null where it is missing or null.</summary>
    /// <param name="name">The field.</param>
    /// <param name="longest">How many characters are kept.</param>
    public string? Lines(string name, int longest)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) return Fault($"{name} must be a text.");
        var text = value.GetString()!;
        if (text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))) return Fault($"{name} must not hold control characters but ends of lines and tabulators.");
        return text.Length <= longest ? text : text[^longest..];
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string RequiredText(string name, int longest)
    {
        if (Text(name, longest) is { Length: > 0 } text) return text;
        if (Find(name) is null or { ValueKind: JsonValueKind.String }) Fault($"{name} is missing.");
        return "";
    }

    /// <summary>A whole number of at least some value; null where it is missing or null.</summary>
    public long? Whole(string name, long least)
    {
        if (Find(name) is not { } value) return null;
        // 20.0 is 20, as Python may write it.
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number != Math.Floor(number) || Math.Abs(number) > 1L << 53)
        {
            Fault($"{name} must be a whole number.");
            return null;
        }

        if (number >= least) return (long)number;
        Fault($"{name} must be at least {least.ToString(CultureInfo.InvariantCulture)}.");
        return null;
    }

    /// <summary>A finite number of at least 0; null where it is missing or null.</summary>
    public double? Number(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0) return number;
        Fault($"{name} must be a number of at least 0.");
        return null;
    }

    /// <summary>An object as it was written; null where it is missing or null.</summary>
    public string? Object(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Object ? value.GetRawText() : Fault($"{name} must be a JSON object.");
    }

    /// <summary>Refuses fields that nobody asked for: a slip of the pen must not pass for a change.</summary>
    public void RefuseOthers(string known)
    {
        foreach (var name in _fields.Keys)
            if (!_asked.Contains(name))
                Fault($"'{name}' is not known here. The fields are: {known}.");
    }

    /// <summary>Notes that something is wrong.</summary>
    public string? Fault(string sentence)
    {
        if (!_faults.Contains(sentence, StringComparer.Ordinal)) _faults.Add(sentence);
        return null;
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static JsonFields Wrong(string sentence)
    {
        var none = new JsonFields([]);
        none.Fault(sentence);
        return none;
    }
}
