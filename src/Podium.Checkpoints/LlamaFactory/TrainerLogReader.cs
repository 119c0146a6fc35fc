using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.LlamaFactory;

/// <summary>Reads <c>trainer_log.jsonl</c>, as LLaMA-Factory writes it beside its checkpoints.</summary>
/// <remarks>
/// One JSON object a line. <c>current_steps</c> is the step, <c>lr</c> the <c>learning_rate</c>; a step repeats where an
/// evaluation follows a training log, and after a resume. Bare <c>NaN</c> is a number, as Python has it.
/// </remarks>
public static class TrainerLogReader
{
    /// <summary>How many bad lines are told of; a file of another kind has nothing else.</summary>
    public const int MostFaults = 16;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its writer may go on writing.</param>
    /// <returns>What it says. A file that is no such log, or cannot be opened, gives an empty history and a fault.</returns>
    public static TrainerLogReading Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var log = new TrainerLog();
        var faults = new List<ReadFault>();
        var endsHalfWritten = false;
        try
        {
            using var stream = SharedFile.OpenStream(path);
            var lines = new LineReader(stream);
            while (lines.TryRead(out var line))
            {
                // A last line that lacks nothing but its line end has been read: its closing bracket ends it.
                if (log.Add(line) is not { } fault) continue;
                if (!lines.IsWhole && fault.EndedEarly) endsHalfWritten = true;
                else if (faults.Count < MostFaults) faults.Add(new ReadFault(path, fault.Message) { Line = lines.Number, Offset = lines.Offset + fault.Column });
            }

            if (lines.IsTooLong) faults.Add(new ReadFault(path, $"the line is longer than {LineReader.LongestLine} bytes") { Line = lines.Number, Offset = lines.Offset });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add(new ReadFault(path, failure.Message));
        }

        return log.Build(endsHalfWritten, faults);
    }
}
