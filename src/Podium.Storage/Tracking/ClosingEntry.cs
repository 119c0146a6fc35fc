using Podium.Histories;
using Podium.Storage.Points;

namespace Podium.Storage.Tracking;

/// <summary>The Trainer's closing entry, which calls the mean of the whole run <c>train_loss</c>.</summary>
/// <remarks>
/// It is kept as <c>train_loss_mean</c>, so that a job has one and the same history however it came. A client gets back the name
/// that it sent. The entry is known by its <c>train_runtime</c>: in such entries the two names change places, both when they come
/// and when they are read; so nothing is lost of an entry that has both.
/// </remarks>
public static class ClosingEntry
{
    /// <summary>What the Trainer calls the mean.</summary>
    public const string SentMean = "train_loss";

    /// <summary>Whether the metrics of an entry tell that it is the closing one.</summary>
    /// <param name="metrics">The metrics of one entry.</param>
    public static bool Is(ReadOnlySpan<KeyValuePair<string, double>> metrics)
    {
        foreach (var (key, _) in metrics)
            if (key is MetricKeys.TrainRuntime)
                return true;

        return false;
    }

    /// <summary>The other name of a metric of a closing entry; most have only one.</summary>
    /// <param name="key">The name.</param>
    public static string OtherName(string key) => key switch
    {
        SentMean => MetricKeys.TrainLossMean,
        MetricKeys.TrainLossMean => SentMean,
        _ => key,
    };

    /// <summary>Whether a metric may stand under two names.</summary>
    /// <param name="key">The name that a client sends.</param>
    public static bool HasTwoNames(string key) => key is SentMean or MetricKeys.TrainLossMean;

    /// <summary>Gives the latest points of a run their names as they were sent.</summary>
    internal static IReadOnlyList<StoredPoint> AsSent(IReadOnlyList<StoredPoint> latest)
    {
        var closing = latest.FirstOrDefault(point => point.Key is MetricKeys.TrainRuntime);
        if (closing.Key is null || !latest.Any(point => HasTwoNames(point.Key))) return latest;
        return
        [
            .. latest.Select(point => point.Seq == closing.Seq ? point with { Key = OtherName(point.Key) } : point)
                .GroupBy(point => point.Key, StringComparer.Ordinal)
                .Select(same => same.OrderByDescending(point => point.Step).ThenByDescending(point => point.Time).ThenByDescending(point => point.Value).First()),
        ];
    }
}
