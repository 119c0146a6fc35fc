using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Reads the scalars of TensorBoard event files (<c>events.out.tfevents.*</c>).</summary>
/// <remarks>Files are streamed: memory grows with the points, not with texts, images and graphs between them.</remarks>
public static class EventFileReader
{
    /// <summary>Reads one file, to its end or to the first record that is damaged.</summary>
    /// <param name="path">The file; its writer may go on writing.</param>
    /// <returns>What it says. A file that cannot be opened gives an empty history and a fault.</returns>
    public static EventReading Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ReadAll([path]);
    }

    /// <summary>Reads files one behind the other, as if they were one.</summary>
    internal static EventReading ReadAll(IReadOnlyList<string> paths)
    {
        var points = new PointCollector();
        var faults = new List<ReadFault>();
        var endsHalfWritten = false;
        foreach (var path in paths)
        {
            points.Close();
            endsHalfWritten = ReadInto(points, path, out var fault);
            if (fault is not null) faults.Add(fault);
        }

        var (history, wallTimes) = points.Build();
        return new EventReading(history, wallTimes, paths, endsHalfWritten, faults);
    }

    /// <summary>When a file's first event was written.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Seconds since 1970 UTC; null where the file has no whole event, or cannot be opened.</returns>
    internal static double? FirstWallTime(string path)
    {
        try
        {
            using var stream = SharedFile.OpenStream(path);
            using var records = new RecordReader(stream);
            return records.Read(out var record) == RecordStatus.Record && EventParser.TryRead(record, null, out var wallTime) ? wallTime : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>Whether the file ends inside a record.</returns>
    private static bool ReadInto(PointCollector points, string path, out ReadFault? fault)
    {
        fault = null;
        try
        {
            using var stream = SharedFile.OpenStream(path);
            using var records = new RecordReader(stream);
            while (true)
            {
                switch (records.Read(out var record))
                {
                    // The frame is sound, so what follows can be read whatever this event says.
                    case RecordStatus.Record when !EventParser.TryRead(record, points, out _):
                        fault ??= new ReadFault(path, "the record's checksum is right, but it is no event") { Offset = records.Offset };
                        break;
                    case RecordStatus.Record or RecordStatus.Oversized:
                        break;
                    case RecordStatus.BadLength:
                        fault = new ReadFault(path, "the checksum of the record's length is wrong; nothing behind it can be read") { Offset = records.Offset };
                        return false;
                    case RecordStatus.BadData:
                        fault = new ReadFault(path, "the checksum of the record's data is wrong; what is behind it was not read") { Offset = records.Offset };
                        return false;
                    case var end:
                        return end == RecordStatus.HalfWritten;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            fault ??= new ReadFault(path, failure.Message);
            return false;
        }
    }
}
