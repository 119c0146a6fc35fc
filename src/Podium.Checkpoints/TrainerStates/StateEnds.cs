using Podium.Checkpoints.Json;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>What the head and the tail of a <c>trainer_state.json</c> say: its facts, how long its log is, and the log's last entry.</summary>
/// <param name="Facts">What it says besides its log.</param>
/// <param name="LogStart">The offset behind the log's opening bracket.</param>
/// <param name="LogLength">The length of the log in bytes, to the end of its last entry.</param>
/// <param name="LastEntry">The bytes of the last entry.</param>
internal sealed record StateEnds(StateFacts Facts, int LogStart, int LogLength, byte[] LastEntry)
{
    /// <summary>Reads both ends of a file.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="tail">Its last bytes; they may overlap the first ones.</param>
    /// <param name="tailOffset">Where in the file <paramref name="tail"/> begins.</param>
    /// <returns>Null where the ends do not tell enough, or something is wrong with them: then the whole file must be read.</returns>
    public static StateEnds? Read(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail, long tailOffset)
    {
        var facts = new StateFacts();
        var cursor = new JsonCursor(head);
        if (!TrainerStateParser.ReadHead(ref cursor, facts)) return null;
        var logStart = cursor.Position;

        var logEnd = BackwardJson.FindLogEnd(tail);
        if (logEnd < 0) return null;
        var entryStart = BackwardJson.FindObjectBefore(tail, logEnd, out var entryEnd);
        var logLength = tailOffset + entryEnd - logStart;
        if (entryStart < 0 || tailOffset + entryStart < logStart || logLength > int.MaxValue) return null;

        var rest = new JsonCursor(tail, logEnd + 1);
        while (rest.TryTake((byte)','))
            if (!rest.ReadKey(out var key) || key.SequenceEqual("log_history"u8) || !facts.TryRead(key, ref rest))
                return null;

        return rest.TryTake((byte)'}') && TrainerStateParser.IsAtEnd(ref rest, tail)
            ? new StateEnds(facts, logStart, (int)logLength, tail[entryStart..entryEnd].ToArray())
            : null;
    }
}
