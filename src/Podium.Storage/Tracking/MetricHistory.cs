using Podium.Histories;
using Podium.Storage.Points;

namespace Podium.Storage.Tracking;

/// <summary>All that came of a metric over the MLflow protocol, under the name under which it was sent.</summary>
public sealed class MetricHistory
{
    private readonly SeriesStore _series;

    internal MetricHistory(SeriesStore series) => _series = series;

    /// <summary>Reads a page, in the order in which the points came.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="key">The metric.</param>
    /// <param name="after">Only what came after this <see cref="StoredPoint.Seq"/>; 0: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The points, and after what the next page begins; null where this is the last.</returns>
    public async Task<(IReadOnlyList<StoredPoint> Points, long? Next)> ReadAsync(string runId, string key, long after, int limit, CancellationToken cancellation)
    {
        if (ClosingEntry.HasTwoNames(key)) return await ReadBothAsync(runId, key, after, limit, cancellation);
        var points = await _series.ReadMLflowHistoryAsync(runId, key, after, More(limit), cancellation);
        return points.Count <= limit ? (points, null) : ([.. points.Take(limit)], points[limit - 1].Seq);
    }

    /// <summary>Of the closing entries the other name's points, of all other entries its own.</summary>
    private async Task<(IReadOnlyList<StoredPoint> Points, long? Next)> ReadBothAsync(string runId, string key, long after, int limit, CancellationToken cancellation)
    {
        List<StoredPoint> found = [];
        for (; ; )
        {
            var own = await _series.ReadMLflowHistoryAsync(runId, key, after, More(limit), cancellation);
            var other = await _series.ReadMLflowHistoryAsync(runId, ClosingEntry.OtherName(key), after, More(limit), cancellation);
            var closing = await _series.ReadMLflowHistoryAsync(runId, MetricKeys.TrainRuntime, after, More(limit), cancellation);
            // Behind the end of a list that was cut short, the others say nothing for certain.
            var known = new[] { own, other, closing }.Where(list => list.Count > limit).Select(list => list[^1].Seq).DefaultIfEmpty(long.MaxValue).Min();
            var ends = closing.Select(point => point.Seq).ToHashSet();
            found.AddRange(own.Where(point => !ends.Contains(point.Seq))
                .Concat(other.Where(point => ends.Contains(point.Seq)).Select(point => point with { Key = key }))
                .Where(point => point.Seq <= known)
                .OrderBy(point => point.Seq));
            if (found.Count > limit) return ([.. found.Take(limit)], found[limit - 1].Seq);
            if (known == long.MaxValue) return (found, null);
            after = known;
        }
    }

    // One more than asked for tells whether there is a next page.
    private static int More(int limit) => limit == int.MaxValue ? limit : limit + 1;
}
