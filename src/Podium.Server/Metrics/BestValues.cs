using Podium.Downsampling;
using Podium.Metrics;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Storage.Points;

namespace Podium.Server.Metrics;

/// <summary>What a metric of a job's newest run has come to; numbers that were not finite do not count.</summary>
/// <param name="Key">The metric's name.</param>
/// <param name="Direction">Which way it gets better; null where that is not known, and then nothing is best.</param>
/// <param name="Lowest">Where it was lowest; null where no value was finite.</param>
/// <param name="Highest">Where it was highest.</param>
/// <param name="Last">Its last finite value.</param>
/// <param name="Count">How many points it has.</param>
public sealed record MetricSummary(string Key, MetricDirection? Direction, SeriesPoint? Lowest, SeriesPoint? Highest, SeriesPoint? Last, long Count)
{
    /// <summary>Where it was best.</summary>
    public SeriesPoint? Best => Direction switch
    {
        MetricDirection.Minimize => Lowest,
        MetricDirection.Maximize => Highest,
        _ => null,
    };
}

/// <summary>What all metrics of a job's newest run have come to.</summary>
/// <param name="Run">The run's number.</param>
/// <param name="Metrics">The metrics, in ordinal order.</param>
internal sealed record JobSummary(int Run, IReadOnlyList<MetricSummary> Metrics);

/// <summary>Finds the best value of each metric, for comparing jobs, and keeps it until the job changes.</summary>
internal sealed class BestValues(PodiumStorage storage, TimeProvider time) : IDisposable
{
    private const int MostMetrics = 50_000;

    private readonly KeptReadings<JobSummary> _kept = new(MostMetrics, static summary => summary.Metrics.Count, TimeSpan.Zero, time);

    /// <summary>The metrics of a job.</summary>
    /// <param name="row">The job, as it is now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>Null where the job is gone.</returns>
    public ValueTask<JobSummary?> OfAsync(JobRow row, CancellationToken cancellation) => _kept.FindAsync(row, end => ReadAsync(row.JobId, end), cancellation);

    public void Dispose() => _kept.Dispose();

    private async Task<JobSummary?> ReadAsync(string jobId, CancellationToken cancellation)
    {
        if (await storage.Series.ListAsync(jobId, cancellation) is not { } listed) return null;
        var newest = listed.Runs.First(run => run.Run.Run == listed.NewestRun);
        // However long a series is, the few points that stay have its lowest and its highest, and its last.
        var request = new SeriesRequest(jobId, newest.Keys) { Run = newest.Run.Run, MaxPoints = Downsampler.FewestPoints };
        return await storage.Series.ReadAsync(request, cancellation) is { } answer ? new JobSummary(answer.Run, [.. answer.Series.Select(Of)]) : null;
    }

    private static MetricSummary Of(MetricSeries series)
    {
        SeriesPoint? lowest = null, highest = null, last = null;
        foreach (var point in series.Points)
        {
            if (!double.IsFinite(point.Value)) continue;
            // The earliest of equal ones counts.
            if (lowest is not { } least || point.Value < least.Value) lowest = point;
            if (highest is not { } most || point.Value > most.Value) highest = point;
            last = point;
        }

        return new MetricSummary(series.Key, MetricDirections.TryGet(series.Key, out var direction) ? direction : null, lowest, highest, last, series.Count);
    }
}
