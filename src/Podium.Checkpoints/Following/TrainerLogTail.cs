using Podium.Checkpoints.LlamaFactory;

namespace Podium.Checkpoints.Following;

/// <summary>A <c>trainer_log.jsonl</c> that is read while it grows; no line is parsed twice.</summary>
internal sealed class TrainerLogTail(string path)
{
    private readonly GrowingFile _file = new(path);
    private TrainerLog _log = new();

    /// <summary>What it says so far.</summary>
    public TrainerLogReading Reading => _log.Build(endsHalfWritten: false, []);

    /// <summary>When it was last written.</summary>
    public DateTimeOffset WrittenAt => _file.WrittenAt;

    /// <summary>How many lines have been parsed.</summary>
    public long Parsed { get; private set; }

    /// <summary>Reads what is new.</summary>
    public void ReadOn() => _file.ReadOn(() => _log = new TrainerLog(), Read);

    private long Read(Stream stream)
    {
        var lines = new LineReader(stream);
        while (lines.TryRead(out var line))
        {
            // A line without its end may still be growing.
            if (!lines.IsWhole) return lines.Offset;
            _log.Add(line);
            Parsed++;
        }

        return lines.Offset;
    }
}
