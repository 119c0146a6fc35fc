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
    private JobRun? _continued;

    /// <summary>The runs, numbered from 1 in the order in which they began.</summary>
    public IReadOnlyList<JobRun> Runs => _runs;

    /// <summary>The newest run, which takes what comes next: the one that began last, unless an older one has gone on since.</summary>
    public JobRun Newest => _continued ?? _runs[^1];

    /// <summary>Takes in what was logged together.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The run that took it, which is a new one where the training went back.</returns>
    public JobRun Add(in ReportedEntry entry)
    {
        if (TellsOfANewRun(entry)) Begin(Newest, entry.Step);
        Newest.Add(entry);
        return Newest;
    }

    /// <summary>Whether <see cref="Add(in ReportedEntry)"/> would begin a new run.</summary>
    /// <param name="entry">The entry.</param>
    public bool TellsOfANewRun(in ReportedEntry entry) => Newest.IsTakenBack(entry);

    /// <summary>Begins a run that is known to be one: read from a run folder, or back from where runs are kept.</summary>
    /// <param name="parent">The run from which it forked; null: none.</param>
    /// <param name="fromStep">The step from which on it is its own; what stands before it is inherited.</param>
    /// <returns>The run, which is now the newest.</returns>
    public JobRun Begin(JobRun? parent, long fromStep)
    {
        var run = new JobRun(_runs.Count + 1, parent, parent is null ? long.MinValue : fromStep);
        _runs.Add(run);
        _continued = null;
        return run;
    }

    /// <summary>Makes a run the newest again: it has gone on since another forked from it.</summary>
    /// <param name="run">The run.</param>
    public void Continue(JobRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _continued = run;
    }

    /// <summary>Takes in an entry that is known to be a run's; so do the runs that inherit its step from it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="entry">The entry.</param>
    public void Add(JobRun run, in ReportedEntry entry)
    {
        ArgumentNullException.ThrowIfNull(run);
        run.Add(entry);
        for (var i = run.Number; i < _runs.Count; i++)
            if (Shares(_runs[i], run.Number, entry.Step))
                _runs[i].Add(entry);
    }

    /// <summary>Whether what a run has at a step is of another: it is that run itself, or it forked from it behind the step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="other">The other's number.</param>
    /// <param name="step">The step.</param>
    public bool Shares(JobRun run, int other, long step)
    {
        ArgumentNullException.ThrowIfNull(run);
        while (run.Number != other)
        {
            if (run.Parent is not { } parent || step >= run.FromStep) return false;
            run = _runs[parent - 1];
        }

        return true;
    }

    /// <summary>The run whose own a step of a run is: itself, or the one that it is inherited from.</summary>
    /// <param name="run">The run.</param>
    /// <param name="step">The step.</param>
    public JobRun OwnerOf(JobRun run, long step)
    {
        ArgumentNullException.ThrowIfNull(run);
        while (run.Parent is { } parent && step < run.FromStep) run = _runs[parent - 1];
        return run;
    }

    /// <summary>Whether a metric is a loss, by whose coming again a training is seen to have gone back.</summary>
    internal static bool TellsOfARun(string metric) => metric is MetricKeys.Loss || MetricKeys.IsEvaluationLoss(metric);
}
