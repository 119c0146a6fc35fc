using System.Text.Json;
using System.Text.Unicode;
using Podium.Checkpoints.Verification.Names;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>Reads the index of a sharded model.</summary>
internal ref struct ShardIndexParser
{
    private Utf8JsonReader _json;
    private string? _error;
    private ulong? _size;
    private ulong? _parameters;

    private ShardIndexParser(ReadOnlySpan<byte> text) => _json = new Utf8JsonReader(text);

    /// <summary>Reads an index.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="path">As faults name it.</param>
    public static FileReading<ShardIndex> Parse(byte[] text, string path)
    {
        if (!Utf8.IsValid(text)) return FileReading<ShardIndex>.Faulty(path, "the index is no UTF-8");
        var parser = new ShardIndexParser(text);
        try
        {
            var places = parser.ReadAll();
            return places is null ? FileReading<ShardIndex>.Faulty(path, parser._error!) : FileReading<ShardIndex>.Of(new ShardIndex(text, places, parser._size, parser._parameters));
        }
        catch (JsonException exception)
        {
            // Written in one go, but not at once: what ends inside its JSON may still be growing.
            return EndsInside(text)
                ? FileReading<ShardIndex>.Short(path, "the index ends too early", text.Length)
                : FileReading<ShardIndex>.Faulty(path, $"the index is no JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            return FileReading<ShardIndex>.Faulty(path, "the index has a name that is no text");
        }
    }

    private static bool EndsInside(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text, isFinalBlock: false, default);
        try
        {
            while (json.Read())
                if (json.CurrentDepth == 0 && json.TokenType == JsonTokenType.EndObject)
                    return false;

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Dictionary<string, string>? ReadAll()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject) return Fail("the index is no object");
        Dictionary<string, string>? places = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            if (key == "weight_map")
            {
                if (places is not null) return Fail("the index has two weight maps");
                places = ReadPlaces();
                if (places is null) return null;
            }
            else if (key == "metadata")
            {
                if (!ReadTotals()) return null;
            }
            else if (NearMiss.Is("metadata", key) || NearMiss.Is("weight_map", key))
            {
                return Fail($"the index has '{key}', which it was not written with");
            }
            else
            {
                _json.Skip();
            }
        }

        _json.Read();
        return places is { Count: > 0 } ? places : Fail("the index names no tensors");
    }

    private Dictionary<string, string>? ReadPlaces()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject) return Fail("the index's weight map is no object");
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        // The same few file names, again and again.
        HashSet<string> shards = new(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var tensor = _json.GetString()!;
            if (!_json.Read() || _json.TokenType != JsonTokenType.String) return Fail($"the index has no shard for '{tensor}'");
            var shard = _json.GetString()!;
            if (shards.TryGetValue(shard, out var same)) shard = same;
            else shards.Add(shard);
            if (!places.TryAdd(tensor, shard)) return Fail($"the index has '{tensor}' twice");
        }

        return places;
    }

    private bool ReadTotals()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject) return FailWith("the index's metadata is no object");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            if (key == "total_size")
            {
                if (!ReadTotal(out _size)) return FailWith("the index's total_size is no size");
            }
            else if (key == "total_parameters")
            {
                if (!ReadTotal(out _parameters)) return FailWith("the index's total_parameters is no count");
            }
            else if (NearMiss.Is("total_size", key) || NearMiss.Is("total_parameters", key))
            {
                return FailWith($"the index has '{key}', which it was not written with");
            }
            else
            {
                _json.Skip();
            }
        }

        return true;
    }

    /// <summary>A whole number, which some writers spell as 13476839424.0.</summary>
    private bool ReadTotal(out ulong? total)
    {
        total = null;
        if (!_json.Read() || _json.TokenType != JsonTokenType.Number) return false;
        if (_json.TryGetUInt64(out var whole)) total = whole;
        else if (_json.TryGetDecimal(out var number) && number >= 0 && number <= ulong.MaxValue && decimal.Truncate(number) == number) total = (ulong)number;
        return total is not null;
    }

    private Dictionary<string, string>? Fail(string error)
    {
        _error = error;
        return null;
    }

    private bool FailWith(string error)
    {
        _error = error;
        return false;
    }
}
