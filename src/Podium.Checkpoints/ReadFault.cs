namespace Podium.Checkpoints;

/// <summary>Why a file could not be read, or not to its end: bad input is a value, not a crash.</summary>
/// <param name="Path">The file.</param>
/// <param name="Message">What is wrong, in words.</param>
public sealed record ReadFault(string Path, string Message)
{
    /// <summary>The line of the fault, from 1, where the file is text.</summary>
    public long? Line { get; init; }

    /// <summary>The offset of the fault from the start of the file, in bytes.</summary>
    public long? Offset { get; init; }

    /// <summary>Whether the file ends too early, as one does that is still being written.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>The fault as one line: file, place, message.</summary>
    public override string ToString() =>
        Line is { } line ? $"{Path}, line {line} (byte {Offset}): {Message}"
        : Offset is { } offset ? $"{Path}, byte {offset}: {Message}"
        : $"{Path}: {Message}";
}
