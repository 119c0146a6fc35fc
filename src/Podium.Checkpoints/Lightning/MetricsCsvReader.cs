using System.Text;
using Podium.Checkpoints.Folders;
using Podium.Histories;

namespace Podium.Checkpoints.Lightning;

/// <summary>Reads <c>metrics.csv</c>, as Lightning's <c>CSVLogger</c> writes it.</summary>
/// <remarks>
/// A row is one log: at one step the validation's row stands before that of the training epoch's mean. Lightning counts
/// steps from 0 in this file and from 1 in the names of its checkpoints, so one is added: row 9 belongs to <c>step=10</c>.
/// </remarks>
public static class MetricsCsvReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its writer may go on writing.</param>
    /// <returns>What it says. A file that is no such log, or cannot be opened, gives an empty history and a fault.</returns>
    public static MetricsCsvReading Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = SharedFile.OpenStream(path, bufferSize: 1 << 16);
            using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return Read(new CsvRows(text), path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Nothing(new ReadFault(path, failure.Message));
        }
    }

    private static MetricsCsvReading Read(CsvRows rows, string path)
    {
        // Not even a header yet: the run has just begun.
        if (!rows.TryRead()) return rows.IsTooLong ? Nothing(TooLong(path, rows)) : Nothing(fault: null);
        if (!rows.IsWhole) return new MetricsCsvReading(TrainingHistory.Empty, EndsHalfWritten: true, []);

        var columns = new string[rows.Count];
        for (var i = 0; i < columns.Length; i++) columns[i] = rows[i].ToString();
        var step = Array.IndexOf(columns, LightningKeys.Step);
        if (step < 0) return Nothing(new ReadFault(path, "the header has no column 'step': this is no log of Lightning's CSVLogger") { Line = 1 });

        var log = new MetricsCsvLog(path, columns, step);
        while (rows.TryRead())
        {
            if (!rows.IsWhole) return log.Build(endsHalfWritten: true);
            log.Add(rows);
        }

        if (rows.IsTooLong) log.Faults.Add(TooLong(path, rows));
        return log.Build(endsHalfWritten: false);
    }

    private static MetricsCsvReading Nothing(ReadFault? fault) =>
        new(TrainingHistory.Empty, EndsHalfWritten: false, fault is null ? [] : [fault]);

    private static ReadFault TooLong(string path, CsvRows rows) =>
        new(path, $"the row is longer than {CsvRows.LongestRow} characters; a quote may not be closed") { Line = rows.Line };
}
