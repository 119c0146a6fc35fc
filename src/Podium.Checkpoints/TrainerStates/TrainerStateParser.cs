using Podium.Checkpoints.Json;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>Turns the bytes of a <c>trainer_state.json</c> into columns, in one pass.</summary>
internal static class TrainerStateParser
{
    public static ReadResult<TrainerState> Parse(ReadOnlySpan<byte> text, string path)
    {
        var cursor = new JsonCursor(text);
        var facts = new StateFacts();
        var log = new LogBuilder();
        return ReadMembers(ref cursor, facts, log) && IsAtEnd(ref cursor, text)
            ? new(log.Build(facts), null)
            : new(null, FaultAt(cursor, text, path));
    }

    /// <summary>Reads the members of the top-level object up to the log's opening bracket.</summary>
    /// <returns>Whether the log was reached; if not, and nothing failed, the object ended before.</returns>
    public static bool ReadHead(ref JsonCursor cursor, StateFacts facts)
    {
        if (!cursor.Take((byte)'{')) return false;
        do
        {
            if (!cursor.ReadKey(out var key)) return false;
            if (key.SequenceEqual("log_history"u8)) return cursor.Take((byte)'[');
            if (!facts.TryRead(key, ref cursor)) return false;
        }
        while (cursor.TryTake((byte)','));

        return false;
    }

    public static ReadFault FaultAt(scoped in JsonCursor cursor, ReadOnlySpan<byte> text, string path) => new(path, cursor.Error ?? "it is no JSON object")
    {
        Offset = cursor.Position,
        Line = 1 + text[..Math.Min(cursor.Position, text.Length)].Count((byte)'\n'),
        EndedEarly = cursor.EndedEarly,
    };

    /// <summary>Whether nothing but white space is left.</summary>
    public static bool IsAtEnd(ref JsonCursor cursor, ReadOnlySpan<byte> text)
    {
        cursor.Peek();
        return cursor.Position == text.Length || cursor.Fail("nothing may follow the closing '}'");
    }

    private static bool ReadMembers(ref JsonCursor cursor, StateFacts facts, LogBuilder log)
    {
        if (!cursor.Take((byte)'{')) return false;
        if (cursor.TryTake((byte)'}')) return true;
        do
        {
            if (!cursor.ReadKey(out var key)) return false;
            var read = key.SequenceEqual("log_history"u8) ? ReadLog(ref cursor, log) : facts.TryRead(key, ref cursor);
            if (!read) return false;
        }
        while (cursor.TryTake((byte)','));

        return cursor.Take((byte)'}');
    }

    private static bool ReadLog(ref JsonCursor cursor, LogBuilder log)
    {
        if (!cursor.TryTake((byte)'[')) return cursor.Fail("log_history is no array");
        // Of a key that stands twice, the later one counts, as it does in Python.
        log.Restart(cursor.Position);
        if (cursor.TryTake((byte)']')) return true;
        do
        {
            if (!ReadEntry(ref cursor, log)) return false;
            log.EndEntry(cursor.Position);
        }
        while (cursor.TryTake((byte)','));

        return cursor.Take((byte)']');
    }

    private static bool ReadEntry(ref JsonCursor cursor, LogBuilder log)
    {
        if (!cursor.TryTake((byte)'{')) return cursor.Fail("an entry of log_history is no object");
        log.History.BeginEntry();
        if (cursor.TryTake((byte)'}')) return true;
        do
        {
            if (!log.Keys.TryRead(ref cursor, out var column, out var name)) return false;
            if (cursor.IsNumberNext())
            {
                if (!cursor.ReadNumber(out var value)) return false;
                if (column == MetricKeyTable.Step) log.History.SetStep(value);
                else log.History.Set(column, value);
                continue;
            }

            var start = cursor.Position;
            if (!cursor.SkipValue()) return false;
            log.SetOther(column, name, cursor.Since(start));
        }
        while (cursor.TryTake((byte)','));

        return cursor.Take((byte)'}');
    }
}
