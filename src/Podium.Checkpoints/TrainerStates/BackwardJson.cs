namespace Podium.Checkpoints.TrainerStates;

/// <summary>Finds where a log ends by walking backwards from the end of its file.</summary>
/// <remarks>What it finds is a proposal: it must be read forwards, and the last entry be compared, before it is believed.</remarks>
internal static class BackwardJson
{
    /// <summary>Finds the log's closing bracket: the last top-level array that begins before the text, or is named log_history.</summary>
    /// <param name="tail">The end of a file that holds one JSON object.</param>
    /// <returns>The bracket's index; −1 where it cannot be found.</returns>
    public static int FindLogEnd(ReadOnlySpan<byte> tail)
    {
        var end = TrimEnd(tail, tail.Length);
        if (end == 0 || tail[end - 1] != (byte)'}') return -1;
        end--;
        while (true)
        {
            var valueEnd = TrimEnd(tail, end);
            if (valueEnd == 0) return -1;

            var valueStart = StartOfValue(tail, valueEnd);
            if (valueStart < 0) return tail[valueEnd - 1] == (byte)']' ? valueEnd - 1 : -1;

            var colon = TrimEnd(tail, valueStart) - 1;
            if (colon < 0 || tail[colon] != (byte)':') return -1;
            var keyEnd = TrimEnd(tail, colon);
            if (keyEnd == 0 || tail[keyEnd - 1] != (byte)'"') return -1;
            var keyStart = StartOfString(tail, keyEnd);
            if (keyStart < 0) return -1;
            if (tail[keyStart..keyEnd].SequenceEqual("\"log_history\""u8)) return tail[valueEnd - 1] == (byte)']' ? valueEnd - 1 : -1;

            var comma = TrimEnd(tail, keyStart) - 1;
            if (comma < 0 || tail[comma] != (byte)',') return -1;
            end = comma;
        }
    }

    /// <summary>Finds where the object before an index starts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">An index with only white space between it and the object's closing brace.</param>
    /// <param name="objectEnd">Where the object ends.</param>
    /// <returns>The index of its opening brace; −1 where there is no whole object.</returns>
    public static int FindObjectBefore(ReadOnlySpan<byte> text, int end, out int objectEnd)
    {
        objectEnd = TrimEnd(text, end);
        return objectEnd > 0 && text[objectEnd - 1] == (byte)'}' ? StartOfValue(text, objectEnd) : -1;
    }

    private static int TrimEnd(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') end--;
        return end;
    }

    private static int StartOfValue(ReadOnlySpan<byte> text, int end) => text[end - 1] switch
    {
        (byte)'}' or (byte)']' => StartOfContainer(text, end),
        (byte)'"' => StartOfString(text, end),
        _ => StartOfScalar(text, end),
    };

    private static int StartOfScalar(ReadOnlySpan<byte> text, int end)
    {
        while (end > 0 && text[end - 1] is not ((byte)':' or (byte)',' or (byte)'[' or (byte)'{' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')) end--;
        return end > 0 ? end : -1;
    }

    private static int StartOfContainer(ReadOnlySpan<byte> text, int end)
    {
        var depth = 0;
        // A tail is short, and vector searches of several values are compiled anew at each start: a plain walk is faster.
        for (var at = end - 1; at >= 0; at--)
        {
            switch (text[at])
            {
                case (byte)'}' or (byte)']':
                    depth++;
                    break;
                case (byte)'"':
                    at = StartOfString(text, at + 1);
                    if (at < 0) return -1;
                    break;
                case (byte)'{' or (byte)'[':
                    if (--depth == 0) return at;
                    break;
            }
        }

        return -1;
    }

    private static int StartOfString(ReadOnlySpan<byte> text, int end)
    {
        for (var before = end - 1; before > 0;)
        {
            var quote = text[..before].LastIndexOf((byte)'"');
            if (quote < 0) return -1;
            var escapes = 0;
            while (quote - escapes > 0 && text[quote - escapes - 1] == (byte)'\\') escapes++;
            if (escapes % 2 == 0) return quote;
            before = quote;
        }

        return -1;
    }
}
