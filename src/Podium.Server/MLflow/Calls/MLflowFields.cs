using System.Globalization;
using System.Text.Json;
using Podium.Server.Wire;

namespace Podium.Server.MLflow.Calls;

/// <summary>The fields of a call: of its JSON object, or of its query.</summary>
internal sealed class MLflowFields
{
    private readonly JsonElement _body;
    private readonly IQueryCollection _query;

    private MLflowFields(JsonElement body, IQueryCollection query)
    {
        _body = body;
        _query = query;
    }

    /// <summary>The run that the call is about; old clients call it run_uuid.</summary>
    public string RunId => Text("run_id") is { Length: > 0 } id ? id : Text("run_uuid") is { Length: > 0 } old ? old : throw MLflowException.Missing("run_id");

    public static async Task<MLflowFields> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (HttpMethods.IsGet(request.Method)) return new MLflowFields(default, request.Query);
        using var body = await RequestBody.ReadAsync(request, cancellation);
        // A call without any field may come without a body.
        if (body.Bytes.Trim(" \t\r\n"u8).IsEmpty) return new MLflowFields(default, request.Query);
        using var document = JsonDocument.Parse(body.Memory);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw MLflowException.Malformed("The body must be a JSON object.");
        return new MLflowFields(document.RootElement.Clone(), request.Query);
    }

    /// <summary>A text; null where it is missing.</summary>
    public string? Text(string name)
    {
        if (Element(name) is { } value) return TextOf(value, name);
        return _query.TryGetValue(name, out var given) ? given[^1] : null;
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw MLflowException.Missing(name);

    /// <summary>A whole number, written as such or as a text; null where it is missing.</summary>
    public long? Whole(string name)
    {
        if (Text(name) is not { Length: > 0 } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        // 20.0 is 20, as Python may write it.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Floor(number) == number && Math.Abs(number) <= 1L << 53) return (long)number;
        throw MLflowException.Invalid($"Invalid value {text} for parameter '{name}' supplied: it must be a whole number.");
    }

    /// <summary>An experiment's number; one that is no number is the number of none.</summary>
    public long? Experiment(string name = "experiment_id") => Text(name) is not { Length: > 0 } text ? null : ExperimentOf(text);

    /// <summary>How many results are wanted.</summary>
    /// <param name="usual">How many unless it is said.</param>
    /// <param name="most">How many at most.</param>
    public int MaxResults(int usual, int most)
    {
        var wanted = Whole("max_results") ?? usual;
        if (wanted < 1 || wanted > most) throw MLflowException.Invalid($"Invalid value {wanted} for parameter 'max_results' supplied: It must be a positive integer no greater than {most}.");
        return (int)wanted;
    }

    /// <summary>A list of texts; empty where it is missing.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Element(name) is not { } list) return _query.TryGetValue(name, out var given) ? [.. given.OfType<string>()] : [];
        if (list.ValueKind != JsonValueKind.Array) throw MLflowException.Invalid($"Invalid value for parameter '{name}' supplied: it must be a list.");
        return [.. list.EnumerateArray().Select(item => TextOf(item, name))];
    }

    public IReadOnlyList<long> Experiments(string name) => [.. Texts(name).Select(ExperimentOf)];

    /// <summary>A list of objects; empty where it is missing.</summary>
    public IReadOnlyList<JsonElement> Objects(string name)
    {
        if (Element(name) is not { } list) return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            throw MLflowException.Invalid($"Invalid value for parameter '{name}' supplied: it must be a list of objects.");
        return [.. list.EnumerateArray()];
    }

    /// <summary>A list of pairs, e.g. tags; empty where it is missing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name) =>
    [
        .. Objects(name).Select((item, place) => new KeyValuePair<string, string>(
            item.TryGetProperty("key", out var key) && TextOf(key, name) is { Length: > 0 } text ? text : throw MLflowException.Missing($"{name}[{place}].key"),
            item.TryGetProperty("value", out var value) ? TextOf(value, name) : "")),
    ];

    private static long ExperimentOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    private static string TextOf(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "",
        _ => throw MLflowException.Invalid($"Invalid value for parameter '{name}' supplied: it must be a text."),
    };

    private JsonElement? Element(string name) =>
        _body.ValueKind == JsonValueKind.Object && _body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
