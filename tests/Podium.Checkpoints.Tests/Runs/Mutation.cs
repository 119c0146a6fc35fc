using System.Text;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>Changes a range of a file's bytes.</summary>
internal static class Mutation
{
    private static readonly string[] Tokens =
        ["NaN", "1e999", "-Infinity", "Infinity", "null", "\"x\"", "{}", "[]", "[[[[[[[[", "{\"a\":{\"b\":", "}", "]", ",", ":", "\"", "\\", "log_history", "\"step\": 5", "-0", "0123", "1.", "\uFEFF", "\r\n", "\0", "é", "true"];

    /// <summary>Mutates somewhere in [from, to).</summary>
    public static byte[] Apply(Random random, byte[] file, int from, int to)
    {
        if (to <= from) return file;
        var at = random.Next(from, to);
        var length = Math.Min(random.Next(1, random.Next(2) == 0 ? 3 : 40), to - at);
        switch (random.Next(8))
        {
            case 0:
            case 1:
                return ChangeDigit(random, file, from, to);
            case 2:
                return [.. file[..at], .. file[(at + length)..]];
            case 3:
                return [.. file[..at], .. file[at..(at + length)], .. file[at..]];
            case 4:
                var flipped = file.AsSpan().ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 5:
                return [.. file[..at], .. Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]), .. file[at..]];
            case 6:
                return ReplaceNumber(random, file, from, to);
            default:
                return Reformat(random, file, from, to);
        }
    }

    private static byte[] ChangeDigit(Random random, byte[] file, int from, int to)
    {
        var digits = Enumerable.Range(from, to - from).Where(i => file[i] is >= (byte)'0' and <= (byte)'9').ToArray();
        if (digits.Length == 0) return file;
        var changed = file.AsSpan().ToArray();
        var at = digits[random.Next(digits.Length)];
        changed[at] = (byte)('0' + (changed[at] - '0' + random.Next(1, 10)) % 10);
        return changed;
    }

    private static byte[] ReplaceNumber(Random random, byte[] file, int from, int to)
    {
        var starts = Enumerable.Range(from, to - from).Where(i => file[i] is >= (byte)'0' and <= (byte)'9' && i > 0 && file[i - 1] is (byte)' ' or (byte)'-').ToArray();
        if (starts.Length == 0) return file;
        var start = starts[random.Next(starts.Length)];
        var end = start;
        while (end < file.Length && file[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'e' or (byte)'E' or (byte)'-' or (byte)'+') end++;
        return [.. file[..start], .. Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]), .. file[end..]];
    }

    /// <summary>Adds white space behind the commas and brackets, or a return before the line feeds, which changes no value.</summary>
    private static byte[] Reformat(Random random, byte[] file, int from, int to)
    {
        var space = (byte[])(random.Next(3) switch { 0 => [(byte)' '], 1 => [(byte)'\r', (byte)'\n'], _ => [(byte)'\t', (byte)' ', (byte)' '] });
        var inString = false;
        List<byte> result = [.. file[..from]];
        for (var i = 0; i < from; i++)
            if (file[i] == (byte)'"' && (i == 0 || file[i - 1] != (byte)'\\'))
                inString = !inString;

        for (var i = from; i < to; i++)
        {
            result.Add(file[i]);
            if (file[i] == (byte)'"' && file[i - 1] != (byte)'\\') inString = !inString;
            if (!inString && file[i] is (byte)',' or (byte)'{' && random.Next(3) == 0) result.AddRange(space);
        }

        return [.. result, .. file[to..]];
    }
}
