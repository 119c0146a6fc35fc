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
    // No file is as long: beyond it a number is damaged, and eight times as much still fits.
    private const long MostBytes = long.MaxValue / 64;

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
        Shape? shape = null;
        Place? place = null;
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
        // Neither product overflows: no shape and no place beyond MostBytes was taken.
        if (size.Elements * bits != (long)(data.End - data.Begin) * 8) return FailWith($"'{name}' has {data.End - data.Begin} bytes, which its shape contradicts");
        tensor = new SafetensorsTensor(name, data.Begin, data.End, size.Elements, size.IsPlaceholder);
        return true;
    }

    private bool ReadShape(out Shape shape)
    {
        shape = default;
        var elements = 1L;
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartArray) return false;
        var dimensions = 0;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var length) || length < 0) return false;
            dimensions++;
            if (length != 0 && elements > MostBytes / length) return false;
            elements *= length;
        }

        shape = new Shape(elements, IsPlaceholder: dimensions == 1 && elements == 0);
        return true;
    }

    private bool ReadOffsets(out Place place)
    {
        place = default;
        ulong begin = 0, end = 0;
        var isRead = _json.Read() && _json.TokenType == JsonTokenType.StartArray
            && _json.Read() && _json.TokenType == JsonTokenType.Number && _json.TryGetUInt64(out begin)
            && _json.Read() && _json.TokenType == JsonTokenType.Number && _json.TryGetUInt64(out end)
            && _json.Read() && _json.TokenType == JsonTokenType.EndArray
            && begin <= end && end <= MostBytes;
        if (isRead) place = new Place(begin, end);
        return isRead;
    }

    /// <summary>Every byte of the data belongs to one tensor.</summary>
    private bool CoverAll(SafetensorsTensor[] tensors)
    {
        // Most headers have them in the order of the data; sorting would only be paid for at each start.
        var ordered = tensors;
        if (!IsInOrder(tensors))
        {
            ordered = [.. tensors];
            Array.Sort(ordered, static (a, b) => a.Begin.CompareTo(b.Begin) is not 0 and var order ? order : a.End.CompareTo(b.End));
        }

        var end = 0UL;
        foreach (ref readonly var tensor in ordered.AsSpan())
        {
            if (tensor.Begin != end) return FailWith($"'{tensor.Name}' begins at byte {tensor.Begin} of the data, where byte {end} is due");
            end = tensor.End;
        }

        return true;
    }

    private static bool IsInOrder(ReadOnlySpan<SafetensorsTensor> tensors)
    {
        for (var i = 1; i < tensors.Length; i++)
            if (tensors[i].Begin < tensors[i - 1].End)
                return false;

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

    /// <summary>How many numbers a tensor has.</summary>
    private readonly record struct Shape(long Elements, bool IsPlaceholder);

    /// <summary>Where a tensor's bytes lie in the data.</summary>
    private readonly record struct Place(ulong Begin, ulong End);
}
