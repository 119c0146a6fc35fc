using System.Collections.Concurrent;
using Podium.Server.Listing;

namespace Podium.Server.Logs;

/// <summary>Reads what trainers printed, if it was kept in the run folder. However long a log is, little of it is in memory.</summary>
internal sealed class JobLogs(Listings listings, TimeProvider time)
{
    private const int MostIndexes = 100;

    /// <summary>How long a search may take; what it has not reached then is searched when somebody asks for more.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, LineIndex> _indexes = new(StringComparer.Ordinal);

    /// <summary>The names of log files, the first that is there counts.</summary>
    public static IReadOnlyList<string> Names { get; } = ["console.log", "train.log", "training.log", "trainer.log", "output.log", "log.txt"];

    /// <summary>Finds the log of a job.</summary>
    /// <returns>Null where the job has none that can be reached.</returns>
    public async Task<FileInfo?> FindAsync(string jobId, CancellationToken cancellation) =>
        await listings.FindFolderAsync(jobId, cancellation) is { } folder ? FileIn(folder) : null;

    /// <summary>Reads lines.</summary>
    /// <param name="log">The log.</param>
    /// <param name="from">How many lines to pass over; below 0: as many as stand before the last <paramref name="most"/>.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public Task<LogPart> ReadAsync(FileInfo log, long from, int most, CancellationToken cancellation) => ReadAsync(
        log,
        (file, shape) =>
        {
            var first = from < 0 ? Math.Max(0, shape.Lines - most) : from;
            return new LogPart(Lines(file, shape, first, Math.Min(shape.Lines, first + most)), shape.Lines, 0);
        },
        cancellation);

    /// <summary>Finds lines, the last ones of those that match.</summary>
    /// <param name="log">The log.</param>
    /// <param name="text">What they have in them, in large or small letters.</param>
    /// <param name="before">Only lines before this number, from 1; null: all.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends the search.</param>
    public Task<LogPart> SearchAsync(FileInfo log, string text, long? before, int most, CancellationToken cancellation) => ReadAsync(
        log,
        (file, shape) =>
        {
            var begun = time.GetTimestamp();
            var end = Math.Min(shape.Lines, (before ?? long.MaxValue) - 1);
            List<LogLine> found = [];
            // From the end: what came last is looked for most.
            while (end > 0 && found.Count < most && time.GetElapsedTime(begun) < LongestSearch)
            {
                cancellation.ThrowIfCancellationRequested();
                var first = shape.Blocks[shape.BlockOf(end - 1)].Before;
                var matches = new Queue<LogLine>();
                foreach (var line in Each(file, shape, first, end))
                {
                    if (!line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)) continue;
                    if (matches.Count == most - found.Count) matches.Dequeue();
                    matches.Enqueue(line);
                }

                found.InsertRange(0, matches);
                end = found.Count == most ? found[0].Number - 1 : first;
            }

            return new LogPart(found, shape.Lines, end);
        },
        cancellation);

    private static List<LogLine> Lines(Stream file, LogShape shape, long first, long end) => first < end ? [.. Each(file, shape, first, end)] : [];

    private static IEnumerable<LogLine> Each(Stream file, LogShape shape, long first, long end)
    {
        var block = shape.Blocks[shape.BlockOf(first)];
        file.Position = block.Offset;
        var reader = new LogLineReader(file);
        reader.Skip(first - block.Before);
        for (var number = first + 1; number <= end && reader.Read() is { } text; number++) yield return new LogLine(number, text);
    }

    private async Task<LogPart> ReadAsync(FileInfo log, Func<Stream, LogShape, LogPart> read, CancellationToken cancellation)
    {
        try
        {
            // A large file is no work for a thread that answers requests.
            return await Task.Run(
                () =>
                {
                    if (log.Length == 0) return LogPart.Nothing;
                    using var file = log.Open(new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
                    return read(file, IndexOf(log.FullName).Bring(file, cancellation));
                },
                cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not for us.
            return LogPart.Nothing;
        }
    }

    private LineIndex IndexOf(string path)
    {
        // They are small and soon made again.
        if (_indexes.Count >= MostIndexes) _indexes.Clear();
        return _indexes.GetOrAdd(path, static _ => new LineIndex());
    }

    /// <summary>The log file of a folder; one that is a link could be any file of this machine.</summary>
    private static FileInfo? FileIn(string folder) =>
        Names.Select(name => new FileInfo(Path.Combine(folder, name))).FirstOrDefault(file => file is { Exists: true, LinkTarget: null } && !file.Attributes.HasFlag(FileAttributes.Device));
}

/// <summary>A line of a log.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">What it says; of a very long one the beginning.</param>
internal readonly record struct LogLine(long Number, string Text);

/// <summary>Lines of a log.</summary>
/// <param name="Lines">The lines, in their order.</param>
/// <param name="Total">How many the log has in all.</param>
/// <param name="Unsearched">How many lines at its beginning were not searched yet.</param>
internal sealed record LogPart(IReadOnlyList<LogLine> Lines, long Total, long Unsearched)
{
    public static readonly LogPart Nothing = new([], 0, 0);
}
