namespace Podium.Reports;

/// <summary>What was logged together at one step: one report, or one line of a log.</summary>
/// <param name="Source">By which way it came.</param>
/// <param name="Step">Its step.</param>
/// <param name="Metrics">Its metrics by the trainer's names (<c>loss</c>, <c>eval_loss</c>, …); values may be NaN or infinite.</param>
public readonly record struct ReportedEntry(PointSource Source, long Step, IReadOnlyList<KeyValuePair<string, double>> Metrics);
