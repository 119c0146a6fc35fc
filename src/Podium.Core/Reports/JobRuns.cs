using Podium.Histories;

namespace Podium.Reports;

/// <summary>Puts the runs of a job together from entries as they come, by whichever ways, in whichever order.</summary>
/// <remarks>
/// <para>
/// A point that is new joins the newest run. One that comes again with another value replaces the old one, with one exception:
/// a training or evaluation loss that comes again <em>from the same source</em> at a step before the newest of that source
/// tells that the training went back, as a resumed or forked one does. It begins a new run, which inherits what stands before
/// that step, while the older run keeps its own.
/// </para>
/// <para>
/// Between sources the more trusted one's value stands (<see cref="PointSource"/>), in silence and without a new run. The same
/// entries give the same runs, live or read back later: so every server and every restart knows the same. Not safe for use by
/// several threads at once.
/// </para>
/// </remarks>
public sealed class JobRuns
{
    private readonly List<JobRun> _runs = [new JobRun(1, parent: null, fromStep: long.MinValue)];

    /// <summary>The runs, numbered from 1 in the order in which they began.</summary>
    public IReadOnlyList<JobRun> Runs => _runs;

    /// <summary>The newest run, which takes what comes next.</summary>
    public JobRun Newest => _runs[^1];

    /// <summary>Takes in what was logged together.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The run that took it, which is a new one where the training went back.</returns>
    public JobRun Add(in ReportedEntry entry)
    {
        if (Newest.IsTakenBack(entry)) _runs.Add(new JobRun(_runs.Count + 1, Newest, entry.Step));
        Newest.Add(entry);
        return Newest;
    }

    /// <summary>Whether a metric is a loss, by whose coming again a training is seen to have gone back.</summary>
    internal static bool TellsOfARun(string metric) => metric is MetricKeys.Loss || MetricKeys.IsEvaluationLoss(metric);
}
