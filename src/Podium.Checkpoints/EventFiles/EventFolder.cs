using Podium.Histories;

namespace Podium.Checkpoints.EventFiles;

/// <summary>Reads the event files of a run folder, of all launches of its training.</summary>
/// <remarks>
/// <para>
/// They are looked for in the folder itself and up to three levels below (<c>runs/*</c>, <c>lightning_logs/version_*</c>),
/// not in checkpoints, hidden folders, behind links to folders, or in folders below that have checkpoints of their own.
/// </para>
/// <para>
/// Each folder with event files is one launch, its files one behind the other by the time of their first event. Launches
/// follow each other by their first event too; a later one replaces, from its first step on, what the earlier ones logged:
/// that is a resume, or, from the first step, a new start.
/// </para>
/// </remarks>
public static class EventFolder
{
    /// <summary>The event files of a run folder, in the order in which <see cref="Read"/> takes them.</summary>
    /// <param name="runFolder">The run folder; one that does not exist has none.</param>
    public static IReadOnlyList<string> Find(string runFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(runFolder);
        return [.. FindLaunches(runFolder, []).SelectMany(files => files)];
    }

    /// <summary>Reads the event files of a run folder.</summary>
    /// <param name="runFolder">The run folder.</param>
    /// <returns>The merged history; null where the folder has no event files that could be found.</returns>
    public static EventReading? Read(string runFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(runFolder);
        var faults = new List<ReadFault>();
        var launches = FindLaunches(runFolder, faults);
        if (launches.Count == 0 && faults.Count == 0) return null;

        var merged = new EventReading(TrainingHistory.Empty, [], [], EndsHalfWritten: false, faults);
        foreach (var files in launches) merged = LaunchMerge.Continue(merged, EventFileReader.ReadAll(files));
        return merged;
    }

    private static List<List<string>> FindLaunches(string runFolder, List<ReadFault> faults)
    {
        var launches = EventFileFinder.Find(runFolder, faults);
        // One file needs no order, and so no look into it.
        if (launches is [] or [[_]]) return launches;

        var times = launches.SelectMany(files => files).ToDictionary(file => file, TimeOf, StringComparer.Ordinal);
        // OrderBy keeps the order of the names where the times are equal.
        return [.. launches
            .Select(files => files.OrderBy(file => times[file]).ToList())
            .OrderBy(files => times[files[0]])];
    }

    // A file without a whole event has just been begun: it comes last.
    private static double TimeOf(string file) =>
        EventFileReader.FirstWallTime(file) is { } time && !double.IsNaN(time) ? time : double.PositiveInfinity;
}
