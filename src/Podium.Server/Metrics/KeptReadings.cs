using Podium.Storage.Jobs;

namespace Podium.Server.Metrics;

/// <summary>Keeps what was worked out of jobs' points until the jobs change: a page of many jobs asks for each of them again and again.</summary>
/// <remarks>Only a few are read at once, so that whoever reports finds a free processor. Safe for use by several threads at once.</remarks>
/// <typeparam name="T">What is kept of a job.</typeparam>
/// <param name="most">How much is kept of all jobs together.</param>
/// <param name="sizeOf">How much of that one takes.</param>
/// <param name="rest">How long a job that goes on is left in peace.</param>
/// <param name="time">The time.</param>
internal sealed class KeptReadings<T>(int most, Func<T, int> sizeOf, TimeSpan rest, TimeProvider time) : IDisposable
    where T : class
{
    private const int TogetherAtMost = 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(TogetherAtMost);
    private int _size;

    /// <summary>Finds what is kept of a job, or reads it.</summary>
    /// <param name="row">The job, as it is now.</param>
    /// <param name="read">Reads it; null where the job is gone.</param>
    /// <param name="cancellation">Ends the waiting and the reading.</param>
    public async ValueTask<T?> FindAsync(JobRow row, Func<CancellationToken, Task<T?>> read, CancellationToken cancellation)
    {
        if (Find(row) is { } known) return known;
        await _turns.WaitAsync(cancellation);
        try
        {
            // Whoever had the turn before may have read this one.
            if (Find(row) is { } found) return found;
            var begun = time.GetTimestamp();
            if (await read(cancellation) is not { } made) return null;
            Keep(row, made, begun);
            return made;
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose() => _turns.Dispose();

    private T? Find(JobRow row)
    {
        lock (_lock)
        {
            // Another job may bear this name later, and count from 1 again.
            if (!_kept.TryGetValue(row.JobId, out var kept) || kept.CreatedAt != row.CreatedAt) return null;
            if (kept.Seq < row.Seq && time.GetElapsedTime(kept.ReadAt) >= rest) return null;
            kept.AskedAt = time.GetTimestamp();
            return kept.Value;
        }
    }

    private void Keep(JobRow row, T value, long begun)
    {
        lock (_lock)
        {
            if (_kept.Remove(row.JobId, out var before)) _size -= before.Size;
            var kept = new Kept(value, Math.Max(1, sizeOf(value)), row.CreatedAt, row.Seq, begun) { AskedAt = begun };
            while (_kept.Count > 0 && _size + kept.Size > most)
            {
                var oldest = _kept.MinBy(one => one.Value.AskedAt);
                _kept.Remove(oldest.Key);
                _size -= oldest.Value.Size;
            }

            _kept.Add(row.JobId, kept);
            _size += kept.Size;
        }
    }

    /// <summary>What is kept of a job. It is of its number then or of a later one, so that it is read again rather too often.</summary>
    private sealed record Kept(T Value, int Size, long CreatedAt, long Seq, long ReadAt)
    {
        public long AskedAt { get; set; }
    }
}
