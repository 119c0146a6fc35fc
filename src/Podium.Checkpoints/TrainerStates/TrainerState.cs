using Podium.Histories;

namespace Podium.Checkpoints.TrainerStates;

/// <summary>A whole <c>trainer_state.json</c>.</summary>
/// <param name="Facts">What it says besides its log.</param>
/// <param name="History">Its log.</param>
public sealed record TrainerState(StateFacts Facts, TrainingHistory History)
{
    /// <summary>Where in the file the log's first entry may begin: the offset behind its opening bracket.</summary>
    internal int LogStart { get; init; }

    /// <summary>Where each entry of the log ends, in bytes from <see cref="LogStart"/>.</summary>
    internal ReadOnlyMemory<int> EntryEnds { get; init; }

    /// <summary>The length of the log in bytes, to the end of its last entry.</summary>
    internal int LogLength => EntryEnds.Length == 0 ? 0 : EntryEnds.Span[^1];
}

/// <summary>A file that was read, or why it was not.</summary>
/// <typeparam name="T">What the file holds.</typeparam>
/// <param name="Value">What it holds; null where it could not be read.</param>
/// <param name="Fault">Why it could not be read; null where it was.</param>
public readonly record struct ReadResult<T>(T? Value, ReadFault? Fault)
    where T : class
{
    /// <summary>What the file holds.</summary>
    /// <exception cref="InvalidDataException">The file could not be read.</exception>
    public T GetValueOrThrow() => Value ?? throw new InvalidDataException(Fault!.ToString());
}
