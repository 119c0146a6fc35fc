using Podium.Checkpoints.EventFiles;
using Podium.Histories;

namespace Podium.Checkpoints.Following;

/// <summary>What the trainer logs between two saves: its newest event file, or LLaMA-Factory's log.</summary>
/// <remarks>For display alone. The ranking says what it says of the files at rest.</remarks>
internal sealed class LiveLog(string folder)
{
    private readonly Dictionary<string, EventFileTail> _events = new(StringComparer.Ordinal);
    private readonly TrainerLogTail _trainerLog = new(Path.Combine(folder, "trainer_log.jsonl"));

    /// <summary>Reads what is new.</summary>
    /// <returns>What the run's newest log says; null where there is none.</returns>
    public LiveReading? ReadOn()
    {
        LiveReading? newest = null;
        // A launch begins a new file; older ones are at rest and need not be read.
        foreach (var tail in NewestFirst())
        {
            tail.ReadOn();
            var (history, times) = tail.Reading;
            if (history.LastStep is null) continue;
            newest = new LiveReading(tail, history, times, TotalSteps: null, tail.WrittenAt);
            break;
        }

        _trainerLog.ReadOn();
        var log = _trainerLog.Reading;
        if (log.History.LastStep is not null && (newest is null || _trainerLog.WrittenAt > newest.WrittenAt))
            newest = new LiveReading(_trainerLog, log.History, null, log.TotalSteps, _trainerLog.WrittenAt);
        return newest;
    }

    private IEnumerable<EventFileTail> NewestFirst()
    {
        var there = EventFileFinder.Find(folder, []).SelectMany(files => files).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _events.Keys.Where(path => !there.Contains(path)).ToArray()) _events.Remove(gone);
        foreach (var path in there) _events.TryAdd(path, new EventFileTail(path));
        return _events.OrderByDescending(file => file.Value.FirstWallTime ?? 0).ThenByDescending(file => file.Key, StringComparer.Ordinal).Select(file => file.Value);
    }
}

/// <summary>What a live log says so far.</summary>
/// <param name="Source">Which file; another one is another launch.</param>
/// <param name="History">Its entries.</param>
/// <param name="WallTimes">When each was written, in seconds since 1970 UTC; null where the log does not say.</param>
/// <param name="TotalSteps">How many steps the run is to have, where the log says so.</param>
/// <param name="WrittenAt">When the file was last written.</param>
internal sealed record LiveReading(object Source, TrainingHistory History, IReadOnlyList<double>? WallTimes, long? TotalSteps, DateTimeOffset WrittenAt);
