using Podium.Reports;

namespace Podium.Storage.Jobs;

/// <summary>Metrics of a job on their way in.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Source">By which way they came.</param>
/// <param name="Entries">What was logged, in its order.</param>
public sealed record JobReport(string JobId, PointSource Source, IReadOnlyList<JobReportEntry> Entries)
{
    /// <summary>How many points it has.</summary>
    public int PointCount => Entries.Sum(entry => entry.Metrics.Count);
}

/// <summary>What was logged together at one step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Time">When, in milliseconds since 1970 UTC; null where that was not said.</param>
/// <param name="Metrics">The metrics by the trainer's names; NaN and infinities are kept as such.</param>
public readonly record struct JobReportEntry(long Step, long? Time, IReadOnlyList<KeyValuePair<string, double>> Metrics);
