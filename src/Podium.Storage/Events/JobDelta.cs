using Podium.Storage.Jobs;

namespace Podium.Storage.Events;

/// <summary>What came to a job between two of its numbers.</summary>
/// <param name="To">It reaches to this number, and has all up to there.</param>
/// <param name="IsAll">Whether nothing came after <paramref name="To"/>.</param>
/// <param name="Row">The job as it is now.</param>
/// <param name="Points">New points, by run, metric and step; those that a more trusted one overrules are left out.</param>
/// <param name="Events">What happened, in order.</param>
public sealed record JobDelta(long To, bool IsAll, JobRow Row, IReadOnlyList<NewPoints> Points, IReadOnlyList<JobEvent> Events);

/// <summary>New points of one metric of a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Key">The metric.</param>
/// <param name="Points">Step and value, ascending; values may be NaN or infinite.</param>
public sealed record NewPoints(int Run, string Key, IReadOnlyList<(long Step, double Value)> Points);
