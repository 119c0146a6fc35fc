using Podium.Checkpoints.TrainerStates;

namespace Podium.Checkpoints.Tests.Runs;

/// <summary>Where in a state file its parts lie.</summary>
/// <param name="LogStart">The offset behind the log's opening bracket.</param>
/// <param name="LastEntry">Where the last entry begins.</param>
/// <param name="LogEnd">Where it ends.</param>
internal readonly record struct StateParts(int LogStart, int LastEntry, int LogEnd)
{
    public int LogLength => LogEnd - LogStart;

    public static StateParts Of(byte[] file)
    {
        var state = TrainerStateParser.Parse(file, "made up").GetValueOrThrow();
        var ends = state.EntryEnds.Span;
        var before = state.LogStart + (ends.Length > 1 ? ends[^2] : 0);
        return new StateParts(state.LogStart, ends.Length == 0 ? state.LogStart : before + file.AsSpan(before).IndexOf((byte)'{'), state.LogStart + state.LogLength);
    }
}
