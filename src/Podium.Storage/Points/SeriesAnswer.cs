using Podium.Downsampling;

namespace Podium.Storage.Points;

/// <summary>Which series of a job to read.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Keys">The metrics, by the trainer's names.</param>
public sealed record SeriesRequest(string JobId, IReadOnlyList<string> Keys)
{
    /// <summary>The run; null: the newest. What came before it forked is of it too.</summary>
    public int? Run { get; init; }

    /// <summary>The lowest step.</summary>
    public long From { get; init; } = long.MinValue;

    /// <summary>The highest step.</summary>
    public long To { get; init; } = long.MaxValue;

    /// <summary>How many points of a series at most, at least <see cref="Downsampler.FewestPoints"/>; unless set, all.</summary>
    public int MaxPoints { get; init; } = int.MaxValue;
}

/// <summary>Series of a run, as they all were at one moment.</summary>
/// <param name="Version">Differs from another answer's to the same request exactly where a point or an event of the job came between.</param>
/// <param name="Run">The run.</param>
/// <param name="Series">Those that there are, in the order in which they were asked for.</param>
public sealed record SeriesAnswer(string Version, int Run, IReadOnlyList<MetricSeries> Series);

/// <summary>One metric of a run.</summary>
/// <param name="Key">The metric's name.</param>
/// <param name="Points">Its points by step, one a step: the most trusted, and of those the newest.</param>
/// <param name="Count">How many there are in the range that was asked for, those left out included.</param>
public sealed record MetricSeries(string Key, IReadOnlyList<SeriesPoint> Points, long Count);

/// <summary>What series a job has.</summary>
/// <param name="Version">As <see cref="SeriesAnswer.Version"/>.</param>
/// <param name="Runs">Its runs, the first first.</param>
/// <param name="NewestRun">The number of the newest.</param>
public sealed record JobSeries(string Version, IReadOnlyList<RunSeries> Runs, int NewestRun);

/// <summary>The metrics of a run, those from before it forked included.</summary>
/// <param name="Run">The run.</param>
/// <param name="Keys">The metrics' names, in ordinal order.</param>
public sealed record RunSeries(StoredRun Run, IReadOnlyList<string> Keys);

/// <summary>A point as it came.</summary>
/// <param name="Key">The metric's name.</param>
/// <param name="Step">Its step.</param>
/// <param name="Time">When it was logged, in milliseconds since 1970 UTC; null where that was not said.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
/// <param name="Seq">The job's number for the entry that it came in.</param>
public readonly record struct StoredPoint(string Key, long Step, long? Time, double Value, long Seq);
