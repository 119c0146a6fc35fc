namespace Podium.Checkpoints;

/// <summary>Does the same small thing to many files, on all cores where there are enough of them.</summary>
internal static class SideBySide
{
    // Below this a second thread costs more than it saves.
    private const int Few = 48;

    /// <summary>Makes one result an index; the order is that of the indexes.</summary>
    public static TResult[] Make<TResult>(int count, Func<int, TResult> make, CancellationToken cancellation)
    {
        var results = new TResult[count];
        if (count < Few)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                results[i] = make(i);
            }
        }
        else
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation }, i => results[i] = make(i));
        }

        return results;
    }
}
