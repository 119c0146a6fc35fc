using System.Buffers;

namespace Podium.Server.Metrics;

/// <summary>Python writes <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> without quotes, which JSON does not know.</summary>
internal static class BareNumbers
{
    private static readonly SearchValues<byte> Beginnings = SearchValues.Create("\"NI"u8);

    /// <summary>Puts quotes around them, where they stand outside of texts.</summary>
    /// <param name="json">What was sent.</param>
    /// <returns>The same with quotes; null where there was nothing to quote.</returns>
    public static byte[]? Quote(ReadOnlySpan<byte> json)
    {
        var written = new ArrayBufferWriter<byte>(json.Length + 64);
        var found = false;
        while (json.IndexOfAny(Beginnings) is >= 0 and var at)
        {
            if (json[at] == '"')
            {
                var end = at + 1 + LengthOfText(json[(at + 1)..]);
                written.Write(json[..end]);
                json = json[end..];
                continue;
            }

            var word = json[at] == 'N' ? "NaN"u8 : "Infinity"u8;
            if (!json[at..].StartsWith(word))
            {
                written.Write(json[..(at + 1)]);
                json = json[(at + 1)..];
                continue;
            }

            found = true;
            var start = at > 0 && json[at - 1] == '-' ? at - 1 : at;
            written.Write(json[..start]);
            written.Write("\""u8);
            written.Write(json[start..(at + word.Length)]);
            written.Write("\""u8);
            json = json[(at + word.Length)..];
        }

        if (!found) return null;
        written.Write(json);
        return written.WrittenSpan.ToArray();
    }

    /// <summary>How far a text reaches, its closing quote included.</summary>
    private static int LengthOfText(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }

        return text.Length;
    }
}
