namespace Podium.Server.MLflow.Search;

/// <summary>Of what kind a field in a filter is.</summary>
internal enum SearchKind
{
    /// <summary>A field of the thing itself.</summary>
    Attribute,

    /// <summary>The latest value of a metric.</summary>
    Metric,

    /// <summary>A param.</summary>
    Param,

    /// <summary>A tag.</summary>
    Tag,
}

/// <summary>A field by which something is found or sorted.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its name.</param>
internal readonly record struct SearchField(SearchKind Kind, string Key);

/// <summary>By which fields a kind of thing can be found.</summary>
internal sealed class SearchFields
{
    private readonly Dictionary<string, bool> _attributes;
    private readonly SearchKind[] _kinds;

    /// <param name="kinds">Which kinds there are besides its own fields.</param>
    /// <param name="texts">Its own fields that are texts.</param>
    /// <param name="numbers">Its own fields that are numbers.</param>
    private SearchFields(SearchKind[] kinds, string[] texts, string[] numbers)
    {
        _kinds = kinds;
        _attributes = texts.Select(name => KeyValuePair.Create(name, false)).Concat(numbers.Select(name => KeyValuePair.Create(name, true))).ToDictionary(StringComparer.Ordinal);
    }

    public static SearchFields OfExperiments { get; } = new([SearchKind.Tag], ["name"], ["experiment_id", "creation_time", "last_update_time"]);

    public static SearchFields OfRuns { get; } = new(
        [SearchKind.Metric, SearchKind.Param, SearchKind.Tag], ["run_id", "run_name", "status", "user_id", "artifact_uri", "experiment_id"], ["start_time", "end_time"]);

    public static SearchFields OfModels { get; } = new(
        [SearchKind.Param, SearchKind.Tag], ["name", "model_id", "model_type", "status", "source_run_id", "experiment_id"], ["creation_timestamp", "last_updated_timestamp"]);

    /// <summary>Finds a field by how it is written: a kind and a name, or a name alone.</summary>
    /// <returns>Null where there is none.</returns>
    public SearchField? Find(string? kind, string key)
    {
        SearchKind? known = kind switch
        {
            null or "attribute" or "attributes" or "attr" or "run" => SearchKind.Attribute,
            "metric" or "metrics" => SearchKind.Metric,
            "param" or "params" or "parameter" or "parameters" => SearchKind.Param,
            "tag" or "tags" => SearchKind.Tag,
            _ => null,
        };
        if (known == SearchKind.Attribute)
        {
            var name = key switch
            {
                "created" or "Created" or "start time" or "Start Time" when _attributes.ContainsKey("start_time") => "start_time",
                "run name" or "Run name" or "Run Name" or "name" when _attributes.ContainsKey("run_name") => "run_name",
                "run_uuid" => "run_id",
                "creation_time" or "creation_timestamp_ms" when _attributes.ContainsKey("creation_timestamp") => "creation_timestamp",
                "last_updated_timestamp_ms" => "last_updated_timestamp",
                _ => key,
            };
            return _attributes.ContainsKey(name) ? new SearchField(SearchKind.Attribute, name) : null;
        }

        return known is { } other && _kinds.Contains(other) && key.Length > 0 ? new SearchField(other, key) : null;
    }

    /// <summary>Whether the values of a field are numbers.</summary>
    public bool IsNumber(SearchField field) => field.Kind == SearchKind.Metric || (field.Kind == SearchKind.Attribute && _attributes[field.Key]);
}

/// <summary>Looks up a value among pairs.</summary>
internal static class PairValue
{
    public static string? Of(IReadOnlyList<KeyValuePair<string, string>> pairs, string key)
    {
        foreach (var pair in pairs)
            if (pair.Key == key)
                return pair.Value;

        return null;
    }
}
