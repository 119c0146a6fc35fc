using Podium.Histories;
using Podium.Reports;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Takes in the entries of reports: tells what is new from what comes again, and in which run it belongs.</summary>
/// <remarks>
/// What is stored is exactly what the runs are told, entry for entry: so a restart, which tells them what is stored, finds the same
/// runs.
/// </remarks>
internal sealed class MetricIntake(LiveJob job, LiveSeries series)
{
    private readonly List<KeyValuePair<string, double>> _fresh = [];
    private readonly List<SeriesEnd> _ends = [];
    private readonly List<KeyValuePair<string, double>> _ranked = [];
    // What was said again at the step that was looked at last: where the training turns out to have gone back there, it was of the new run.
    private readonly List<JobReportEntry> _repeated = [];
    private PointSource _repeatedBy;
    private long _entry;
    private long _highestStep = long.MinValue;
    private long _newestTime = long.MinValue;
    // Up to here a point may be one of an earlier run that comes once more.
    private long _earlierStep = long.MinValue;
    private long _earlierTime = long.MinValue;

    /// <summary>Begins anew with what is stored.</summary>
    /// <param name="highestStep">The highest step that was ever reported.</param>
    public void Begin(long highestStep)
    {
        _repeated.Clear();
        // When the stored points were logged is not known here.
        (_highestStep, _newestTime) = (highestStep, long.MaxValue);
        (_earlierStep, _earlierTime) = job.Runs.Runs.Count > 1 ? (highestStep, long.MaxValue) : (long.MinValue, long.MinValue);
    }

    /// <summary>Begins with a job that has nothing yet.</summary>
    public void BeginEmpty() => (_highestStep, _newestTime) = (long.MinValue, long.MinValue);

    /// <summary>Takes in an entry.</summary>
    /// <returns>Whether anything of it is new.</returns>
    public bool Take(PointSource source, in JobReportEntry entry, WriteScope scope)
    {
        if (_repeated.Count > 0 && (_repeated[0].Step != entry.Step || _repeatedBy != source)) _repeated.Clear();
        var again = FindFresh(entry, scope);
        var isBehind = entry.Step < job.Runs.Newest.LastStep;
        var isNew = _fresh.Count > 0;
        if (isNew)
        {
            if (_ranked.Count > 0 && job.Runs.TellsOfANewRun(new ReportedEntry(source, entry.Step, _ranked))) Fork(source, entry.Step, scope);
            // With a time, what is stored already is the same message once more, and nothing that was trained again.
            else if (isBehind) Repeat(source, entry);
            Write(source, entry, scope);
        }
        else if (isBehind && entry.Time is null)
        {
            Repeat(source, entry);
        }

        _highestStep = Math.Max(_highestStep, entry.Step);
        _newestTime = Math.Max(_newestTime, entry.Time ?? long.MinValue);
        // A metric that is there twice is two entries.
        if (again is not null) isNew |= Take(source, entry with { Metrics = again }, scope);
        return isNew;
    }

    private List<KeyValuePair<string, double>>? FindFresh(in JobReportEntry entry, WriteScope scope)
    {
        _fresh.Clear();
        _ends.Clear();
        _ranked.Clear();
        _entry++;
        List<KeyValuePair<string, double>>? again = null;
        (KeyValuePair<string, double> Metric, SeriesEnd End)? epoch = null;
        var newest = job.Runs.Newest;
        var mayBeEarlier = entry.Step <= _earlierStep && (entry.Time is { } time ? time <= _earlierTime : entry.Step < newest.FromStep && newest.Parent is not null);
        var metrics = entry.Metrics;
        for (var i = 0; i < metrics.Count; i++)
        {
            var metric = metrics[i];
            var end = series.Find(metric.Key, scope);
            if (end.Entry == _entry)
            {
                (again ??= []).Add(metric);
                continue;
            }

            end.Entry = _entry;
            if (end.IsEpoch && metrics.Count > 1)
            {
                epoch = (metric, end);
                continue;
            }

            if (series.IsStored(end, entry.Step, entry.Time, metric.Value, scope)) continue;
            if (mayBeEarlier && series.IsOfAnEarlierRun(end, entry.Step, entry.Time, metric.Value, scope)) continue;
            Add(metric, end);
        }

        if (epoch is { } at && _fresh.Count > 0) Add(at.Metric, at.End);
        return again;
    }

    private void Add(in KeyValuePair<string, double> metric, SeriesEnd end)
    {
        _fresh.Add(metric);
        _ends.Add(end);
        if (end.IsRanked) _ranked.Add(metric);
    }

    private void Fork(PointSource source, long step, WriteScope scope)
    {
        job.BeginRun(job.Runs.Newest, step, scope);
        (_earlierStep, _earlierTime) = (_highestStep, _newestTime);
        // What found its series in the run before is written to the new one's.
        KeyValuePair<string, double>[] fresh = [.. _fresh];
        foreach (var repeated in _repeated)
        {
            Use(repeated.Metrics, scope);
            Write(source, repeated, scope);
        }

        _repeated.Clear();
        Use(fresh, scope);
    }

    private void Use(IReadOnlyList<KeyValuePair<string, double>> metrics, WriteScope scope)
    {
        _fresh.Clear();
        _ends.Clear();
        _ranked.Clear();
        foreach (var metric in metrics) Add(metric, series.Find(metric.Key, scope));
    }

    private void Repeat(PointSource source, in JobReportEntry entry)
    {
        _repeatedBy = source;
        _repeated.Add(entry);
    }

    private void Write(PointSource source, in JobReportEntry entry, WriteScope scope)
    {
        job.BeginFirstRun(scope);
        var seq = ++job.Row.Seq;
        if (_ranked.Count > 0) job.Runs.Add(job.Runs.Newest, new ReportedEntry(source, entry.Step, _ranked));
        for (var i = 0; i < _fresh.Count; i++) series.Add(_ends[i], source, new JobPoint(entry.Step, seq, entry.Time, _fresh[i].Value), scope);
        if (_ranked.Exists(static metric => metric.Key is not MetricKeys.Epoch)) job.RankingIsOld();
        StatusFields.Take(job.Row, entry, isNewest: entry.Step >= (job.Runs.Newest.LastStep ?? 0));
    }
}
