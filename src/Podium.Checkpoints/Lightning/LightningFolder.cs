using Podium.Checkpoints.EventFiles;
using Podium.Checkpoints.Folders;
using Podium.Histories;

namespace Podium.Checkpoints.Lightning;

/// <summary>A folder of Lightning's <c>.ckpt</c> files, and the log that belongs to it.</summary>
internal static class LightningFolder
{
    private const string MetricsFile = "metrics.csv";

    /// <summary>Whether a folder has Lightning's checkpoints or its log.</summary>
    public static bool Holds(string folder) =>
        File.Exists(Path.Combine(folder, MetricsFile)) || Directory.EnumerateFiles(folder, $"*{CheckpointFileName.Extension}").Any();

    /// <summary>The checkpoint files of a folder. <c>last.ckpt</c> is left out where another is of its step.</summary>
    public static List<CheckpointCandidate> Checkpoints(string folder)
    {
        List<CheckpointCandidate> found = [];
        List<CheckpointCandidate> copies = [];
        foreach (var path in Directory.EnumerateFiles(folder, $"*{CheckpointFileName.Extension}"))
        {
            var file = new FileInfo(path);
            if (!file.Exists || !CheckpointFileName.TryParse(file.Name, out var name)) continue;

            // The name of a user's own making may not say the step; the file does.
            var position = name.Step is null ? CheckpointPickle.Read(path) : null;
            var files = new CheckpointFiles(file.Length, [new CheckpointFile("", file.Length, CheckpointFileKind.Weights)], new DateTimeOffset(file.LastWriteTimeUtc));
            var candidate = new CheckpointCandidate(file.Name, path, new CheckpointName(name.Step ?? position?.GlobalStep, name.Epoch ?? position?.Epoch), files);
            (name.IsLast ? copies : found).Add(candidate);
        }

        found.AddRange(copies.Where(copy => !found.Exists(other => other.Name.Step == copy.Name.Step)));
        return found;
    }

    /// <summary>
    /// The history of a folder's checkpoints: a <c>metrics.csv</c> in it, above it or in a folder beside it, else the event
    /// files above it. Null where there is neither.
    /// </summary>
    public static (TrainingHistory History, string Source, IReadOnlyList<ReadFault> Faults)? History(string folder)
    {
        var above = RunFinder.Above(folder);
        foreach (var place in (string[])[folder, above])
            if (Path.Combine(place, MetricsFile) is var path && File.Exists(path))
                return FromCsv(path);

        // A logger's folder of its own, "0" or "version_3": of several, the one that was written last.
        var beside = Directory.EnumerateDirectories(above).Select(place => new FileInfo(Path.Combine(place, MetricsFile))).Where(file => file.Exists);
        if (beside.MaxBy(file => file.LastWriteTimeUtc) is { } newest) return FromCsv(newest.FullName);

        return EventFolder.Read(above) is { } events ? (AsLightning(events.History), above, events.Faults) : null;
    }

    private static (TrainingHistory, string, IReadOnlyList<ReadFault>) FromCsv(string path)
    {
        var reading = MetricsCsvReader.Read(path);
        return (reading.History, path, reading.Faults);
    }

    /// <summary>Lightning's loggers count steps from 0 and have its names.</summary>
    private static TrainingHistory AsLightning(TrainingHistory history)
    {
        var metrics = LightningKeys.ToMetrics([.. history.Columns.Select(column => column.Name)]);
        var builder = new TrainingHistoryBuilder();
        foreach (var step in history.Steps)
        {
            builder.BeginEntry();
            if (step != TrainingHistory.NoStep) builder.SetStep(step + 1);
            for (var column = 0; column < metrics.Count; column++)
                if (history.Columns[column].TryGetValue(builder.Count - 1, out var value))
                    builder.Set(metrics[column], value);
        }

        return builder.Build();
    }
}
