using Podium.Checkpoints.EventFiles;
using Podium.Histories;

namespace Podium.Checkpoints.Following;

/// <summary>An event file that is read while it grows; no record is parsed twice.</summary>
internal sealed class EventFileTail(string path)
{
    private readonly GrowingFile _file = new(path);
    private PointCollector _points = new();

    /// <summary>What it says so far, and when each entry was written, in seconds since 1970 UTC.</summary>
    public (TrainingHistory History, IReadOnlyList<double> WallTimes) Reading { get; private set; } = (TrainingHistory.Empty, []);

    /// <summary>When it was last written.</summary>
    public DateTimeOffset WrittenAt => _file.WrittenAt;

    /// <summary>When its first event was written; null while it has none that is whole.</summary>
    public double? FirstWallTime => field ??= EventFileReader.FirstWallTime(path);

    /// <summary>How many records have been parsed.</summary>
    public long Parsed { get; private set; }

    /// <summary>Reads what is new.</summary>
    public void ReadOn()
    {
        // A file that cannot be read just now says nothing new; the ranking's own reading tells of faults.
        _file.ReadOn(() => _points = new PointCollector(), Read);
        Reading = _points.Build();
    }

    private long Read(Stream stream)
    {
        using var records = new RecordReader(stream);
        while (true)
        {
            switch (records.Read(out var record))
            {
                case RecordStatus.Record:
                    EventParser.TryRead(record, _points, out _);
                    Parsed++;
                    break;
                case RecordStatus.Oversized:
                    break;
                default:
                    // The end, or a record that is not whole, or not yet: the next reading begins with it.
                    return records.Offset;
            }
        }
    }
}
