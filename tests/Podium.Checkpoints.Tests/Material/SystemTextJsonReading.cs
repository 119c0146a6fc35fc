using System.Globalization;
using System.Text.Json;
using Podium.Checkpoints.TrainerStates;
using Podium.Histories;

namespace Podium.Checkpoints.Tests.Material;

/// <summary>A state file as the framework's reader sees it, once the bare words of Python are replaced: what ours is compared with.</summary>
internal static class SystemTextJsonReading
{
    private static readonly (byte[] Word, byte[] Instead)[] Words =
    [
        ("NaN"u8.ToArray(), "null"u8.ToArray()),
        ("Infinity"u8.ToArray(), "1e999"u8.ToArray()),
    ];

    /// <summary>The entries of the log, each a step and its numbers; null where the framework refuses the text, or it is no object with an array of objects.</summary>
    public static List<(long Step, Dictionary<string, double> Numbers)>? Read(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(ReplaceWords(text));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("log_history", out var log)) return null;
            // Of a key that stands twice the later counts, but the earlier must be a log too: else it is no such file.
            foreach (var member in root.EnumerateObject())
                if (member.NameEquals("log_history") && (member.Value.ValueKind != JsonValueKind.Array || member.Value.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.Object)))
                    return null;

            return [.. log.EnumerateArray().Select(ReadEntry)];
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate in a key.
            return null;
        }
    }

    /// <summary>Throws where our reading is another one.</summary>
    public static void ShouldBeReadAs(this TrainerState state, List<(long Step, Dictionary<string, double> Numbers)> expected, string which)
    {
        var history = state.History;
        if (history.Count != expected.Count) history.Count.ShouldBe(expected.Count, which);
        var cells = new Dictionary<string, double>[history.Count];
        for (var i = 0; i < cells.Length; i++) cells[i] = [];
        foreach (var column in history.Columns)
            for (var i = 0; i < column.Count; i++)
                cells[column.Entries[i]].Add(column.Name, column.Values[i]);

        for (var i = 0; i < cells.Length; i++)
        {
            if (history.Steps[i] != expected[i].Step) history.Steps[i].ShouldBe(expected[i].Step, which);
            // Bit for bit, so that −0 is not 0; all NaN are one.
            if (cells[i].Count == expected[i].Numbers.Count && expected[i].Numbers.All(pair => cells[i].TryGetValue(pair.Key, out var value) && Same(value, pair.Value))) continue;
            string.Join(" ", cells[i].OrderBy(pair => pair.Key, StringComparer.Ordinal)).ShouldBe(string.Join(" ", expected[i].Numbers.OrderBy(pair => pair.Key, StringComparer.Ordinal)), which);
        }
    }

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    private static (long, Dictionary<string, double>) ReadEntry(JsonElement entry)
    {
        var step = TrainingHistory.NoStep;
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var member in entry.EnumerateObject())
        {
            double? number = member.Value.ValueKind switch
            {
                JsonValueKind.Number => double.Parse(member.Value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture),
                JsonValueKind.Null => double.NaN,
                _ => null,
            };
            if (member.Name == "step")
            {
                step = number is { } at && at == Math.Floor(at) && Math.Abs(at) <= 1L << 53 ? (long)at : TrainingHistory.NoStep;
                continue;
            }

            var name = member.Name == "train_loss" ? MetricKeys.TrainLossMean : member.Name;
            if (number is { } value) numbers[name] = value;
            else numbers.Remove(name);
        }

        return (step, numbers);
    }

    /// <summary>Whether a word may begin here: "0.Infinity" and "Infinity7" are none, and must not become numbers.</summary>
    private static bool StandsAlone(byte[] text, int at)
    {
        if (text[at] is not ((byte)'N' or (byte)'I')) return false;
        var end = at;
        while (end < text.Length && char.IsAsciiLetter((char)text[end])) end++;
        return (at == 0 || !IsOfNumber(text[at - 1])) && (end == text.Length || !IsOfNumber(text[end]));
    }

    private static bool IsOfNumber(byte one) => one is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'e' or (byte)'E' or (byte)'+';

    private static ReadOnlyMemory<byte> ReplaceWords(byte[] text)
    {
        var from = text.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var result = new MemoryStream(text.Length + 64);
        var inString = false;
        for (var i = from; i < text.Length; i++)
        {
            if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                result.WriteByte(text[i++]);
            }
            else if (text[i] == '"')
            {
                inString = !inString;
            }
            else if (!inString && StandsAlone(text, i) && Array.Find(Words, word => text.AsSpan(i).StartsWith(word.Word)) is { Word: { } word } found)
            {
                result.Write(found.Instead);
                i += word.Length - 1;
                continue;
            }

            result.WriteByte(text[i]);
        }

        return result.GetBuffer().AsMemory(0, (int)result.Length);
    }
}
