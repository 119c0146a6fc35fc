using System.Text.Json;
using System.Text.Unicode;

namespace Podium.Checkpoints.Verification.Safetensors;

/// <summary>Reads a safetensors header as strictly as the library that loads it.</summary>
/// <remarks>
/// A field of a tensor besides the three that are known is passed over, because that library does so too. JSON is read with
/// the framework's reader: no <c>NaN</c> belongs here, and leading zeros or a control character in a name are damage.
/// </remarks>
internal ref struct SafetensorsParser
{
    private Utf8JsonReader _json;
    private string? _error;
    private string? _formatFault;

    private SafetensorsParser(ReadOnlySpan<byte> text) => _json = new Utf8JsonReader(text);

    /// <summary>Reads a header.</summary>
    /// <param name="text">Its bytes, with the spaces that pad it.</param>
    /// <param name="error">What contradicts itself in it; null where nothing does.</param>
    public static SafetensorsHeader? Parse(ReadOnlySpan<byte> text, out string? error)
    {
        error = null;
        if (text is not [(byte)'{', ..]) error = "the header does not begin with '{'";
        else if (!Utf8.IsValid(text)) error = "the header is no UTF-8";
        if (error is not null) return null;

        var parser = new SafetensorsParser(text);
        try
        {
            if (parser.ReadTensors() is { } tensors && parser.CoverAll(tensors)) return new SafetensorsHeader(text.ToArray(), tensors, parser._formatFault);
            error = parser._error;
        }
        catch (JsonException exception)
        {
            error = $"the header is no JSON: {exception.Message}";
        }
        catch (InvalidOperationException)
        {
            // The framework's answer to an escaped half of a character.
            error = "the header has a name that is no text";
        }

        return null;
    }

    private SafetensorsTensor[]? ReadTensors()
    {
        _json.Read();
        List<SafetensorsTensor> tensors = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _json.GetString()!;
            if (!names.Add(name)) return Fail($"the header has '{name}' twice");
            if (name == "__metadata__")
            {
                if (!ReadMetadata()) return null;
            }
            else
            {
                if (name.AsSpan().ContainsAnyInRange('\0', '\x1f')) return Fail("the header has a name with a control character");
                if (!ReadTensor(name, out var tensor)) return null;
                tensors.Add(tensor);
            }
        }

        // Behind the last brace stand spaces at most; the reader throws on anything else.
        _json.Read();
        return [.. tensors];
    }

    private bool ReadMetadata()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject) return FailWith("__metadata__ is no object");
        Dictionary<string, string> entries = new(StringComparer.Ordinal);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var key = _json.GetString()!;
            if (!_json.Read() || _json.TokenType != JsonTokenType.String) return FailWith($"__metadata__ has a value for '{key}' that is no text");
            if (!entries.TryAdd(key, _json.GetString()!)) return FailWith($"__metadata__ has '{key}' twice");
        }

        _formatFault = MetadataFormat.FaultOf(entries);
        return true;
    }

    private bool ReadTensor(string name, out SafetensorsTensor tensor)
    {
        tensor = default;
        var bits = 0;
        (ulong Elements, bool IsPlaceholder)? shape = null;
        (ulong Begin, ulong End)? place = null;
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject) return FailWith($"'{name}' is no tensor");
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("dtype"u8))
            {
                if (bits != 0) return FailWith($"'{name}' has two types");
                if (!_json.Read() || _json.TokenType != JsonTokenType.String || _json.ValueIsEscaped) return FailWith($"'{name}' has no type");
                bits = SafetensorsTypes.Bits(_json.ValueSpan);
                if (bits == 0) return FailWith($"'{name}' is of the unknown type '{_json.GetString()}'");
            }
            else if (_json.ValueTextEquals("shape"u8))
            {
                if (shape is not null || !ReadShape(out var read)) return FailWith($"'{name}' has no shape that could be");
                shape = read;
            }
            else if (_json.ValueTextEquals("data_offsets"u8))
            {
                if (place is not null || !ReadOffsets(out var read)) return FailWith($"'{name}' has no place in the data that could be");
                place = read;
            }
            else
            {
                _json.Skip();
            }
        }

        if (bits == 0 || shape is not { } size || place is not { } data) return FailWith($"'{name}' lacks its type, its shape or its place");
        if ((UInt128)size.Elements * (uint)bits != (UInt128)(data.End - data.Begin) * 8) return FailWith($"'{name}' has {data.End - data.Begin} bytes, which its shape contradicts");
        tensor = new SafetensorsTensor(name, data.Begin, data.End, size.Elements, size.IsPlaceholder);
        return true;
    }

    private bool ReadShape(out (ulong Elements, bool IsPlaceholder) shape)
    {
        shape = (1, false);
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray) return false;
        var dimensions = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetUInt64(out var length)) return false;
            dimensions++;
            if (length != 0 && shape.Elements > ulong.MaxValue / length) return false;
            shape.Elements *= length;
        }

        shape.IsPlaceholder = dimensions == 1 && shape.Elements == 0;
        return true;
    }

    private bool ReadOffsets(out (ulong Begin, ulong End) place)
    {
        place = default;
        return _json.Read() && _json.TokenType == JsonTokenType.StartArray
            && _json.Read() && _json.TokenType == JsonTokenType.Number && _json.TryGetUInt64(out place.Begin)
            && _json.Read() && _json.TokenType == JsonTokenType.Number && _json.TryGetUInt64(out place.End)
            && _json.Read() && _json.TokenType == JsonTokenType.EndArray
            && place.Begin <= place.End;
    }

    /// <summary>Every byte of the data belongs to one tensor.</summary>
    private bool CoverAll(SafetensorsTensor[] tensors)
    {
        var end = 0UL;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != end) return FailWith($"'{tensor.Name}' begins at byte {tensor.Begin} of the data, where byte {end} is due");
            end = tensor.End;
        }

        return true;
    }

    private SafetensorsTensor[]? Fail(string error)
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
