using System.Diagnostics;

namespace Podium.Load.Bare;

/// <summary>The least that writing points can cost: rows from memory into the same table, as many a transaction as a report has.</summary>
internal abstract class BareLoop : IDisposable
{
    /// <summary>Rows of a transaction.</summary>
    public const int Batch = 1000;

    private long _next;

    /// <summary>Writes for a while.</summary>
    /// <returns>Points a second.</returns>
    public double Run(TimeSpan span)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0L;
        // Eight series, as there are eight connections.
        for (var series = 1; Stopwatch.GetElapsedTime(start) < span; count += Batch, series = series % 8 + 1) Write(series, _next += Batch);
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public abstract void Dispose();

    /// <summary>Writes a batch of a series from a step on, and commits it.</summary>
    protected abstract void Write(long series, long firstStep);
}
