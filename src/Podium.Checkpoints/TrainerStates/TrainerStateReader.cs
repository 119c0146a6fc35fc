namespace Podium.Checkpoints.TrainerStates;

/// <summary>Reads <c>trainer_state.json</c>, with the bare <c>NaN</c> and <c>Infinity</c> that Python writes.</summary>
public static class TrainerStateReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; up to 1 GB.</param>
    /// <returns>What it says, or why it cannot be read: where the fault is, and whether the file just ends too early.</returns>
    public static ReadResult<TrainerState> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new StateFile(path);
        file.ReadWhole();
        file.ReleaseText();
        return new ReadResult<TrainerState>(file.Whole, file.Fault);
    }

    /// <summary>Reads text that is in memory.</summary>
    /// <param name="text">The file's bytes, UTF-8, with or without a byte order mark.</param>
    /// <param name="path">What to call it in a fault.</param>
    /// <returns>What it says, or why it cannot be read.</returns>
    public static ReadResult<TrainerState> Parse(ReadOnlySpan<byte> text, string path = "trainer_state.json") => TrainerStateParser.Parse(text, path);
}
