using Podium.Downsampling;
using Podium.Histories;
using Podium.Storage;
using Podium.Storage.Jobs;
using Podium.Storage.Points;

namespace Podium.Server.Metrics;

/// <summary>The losses of a job's newest run, thinned out for a chart of a word's size.</summary>
/// <param name="Loss">The training loss; empty where there is none.</param>
/// <param name="EvalLoss">The evaluation loss; empty where there is none.</param>
internal sealed record Sparkline(IReadOnlyList<SeriesPoint> Loss, IReadOnlyList<SeriesPoint> EvalLoss)
{
    /// <summary>That of a job of which nothing is known.</summary>
    public static readonly Sparkline Empty = new([], []);
}

/// <summary>Draws each job's losses beside its name: reads them, and keeps them until the job changes.</summary>
internal sealed class Sparklines(PodiumStorage storage, TimeProvider time) : IDisposable
{
    private const int MostJobs = 500;
    private const int MostPoints = 64;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly KeptReadings<Sparkline> _kept = new(MostJobs, static _ => 1, Rest, time);

    /// <summary>The losses of a job. Of one that goes on they are up to 5 s old.</summary>
    /// <param name="row">The job, as it is now.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async ValueTask<Sparkline> OfAsync(JobRow row, CancellationToken cancellation) =>
        await _kept.FindAsync(row, end => ReadAsync(row.JobId, end), cancellation) ?? Sparkline.Empty;

    public void Dispose() => _kept.Dispose();

    private async Task<Sparkline?> ReadAsync(string jobId, CancellationToken cancellation)
    {
        var request = new SeriesRequest(jobId, [MetricKeys.Loss, MetricKeys.EvalLoss]) { MaxPoints = MostPoints };
        return await storage.Series.ReadAsync(request, cancellation) is { } answer ? new Sparkline(Of(answer, MetricKeys.Loss), Of(answer, MetricKeys.EvalLoss)) : null;
    }

    private static IReadOnlyList<SeriesPoint> Of(SeriesAnswer answer, string key) => answer.Series.FirstOrDefault(series => series.Key == key)?.Points ?? [];
}
