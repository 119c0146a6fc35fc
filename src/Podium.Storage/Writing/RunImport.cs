using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Storage.Jobs;

namespace Podium.Storage.Writing;

/// <summary>Brings the runs of a run folder into a job.</summary>
internal sealed class RunImport(LiveJob job, WriteScope scope, long now)
{
    // A live stream reads what came report by report: one of a million points would be too much at once.
    private const int PointsOfAReport = 20_000;

    private readonly Dictionary<int, TrainingHistory> _taken = [];
    private long _firstSeq;
    private long _lowestStep;
    private long _highestStep;
    private int _points;

    public void Take(IReadOnlyList<ImportedRun> runs, bool isWhole)
    {
        BeginReport();
        List<(JobRun Mine, Run Theirs)> pairs = [];
        var isFresh = false;
        foreach (var imported in runs)
        {
            var run = imported.Run;
            var mine = RunMatch.Find(job.Runs, run.History, _taken) ?? Begin(run.History);
            _taken.TryAdd(mine.Number, run.History);
            var before = job.Row.Seq;
            TakeEntries(mine, run.History, new ImportedSources(imported));
            isFresh = job.Row.Seq > before;
            pairs.Add((mine, run));
        }

        EndReport();
        foreach (var (mine, theirs) in pairs)
        {
            job.Choose(mine, theirs.TrainerChoice, scope);
            var before = job.Row.Seq;
            foreach (var checkpoint in theirs.Checkpoints) job.Checkpoints.Save(checkpoint, mine, scope, now);
            if (mine == pairs[^1].Mine) isFresh |= job.Row.Seq > before;
        }

        if (!isWhole) return;
        var there = runs.SelectMany(imported => imported.Run.Checkpoints).Select(checkpoint => checkpoint.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in job.Checkpoints.All.Where(checkpoint => checkpoint.GoneAt is null && !there.Contains(checkpoint.Path)).ToArray())
            job.Checkpoints.Save(gone with { GoneAt = now }, scope, now);
        if (pairs.Count > 0) Continue(pairs, isFresh);
    }

    /// <summary>Makes the run that was saved last the newest: an older one may have gone on since another forked from it.</summary>
    private void Continue(List<(JobRun Mine, Run Theirs)> pairs, bool isFresh)
    {
        var (last, theirs) = pairs[^1];
        if (last == job.Runs.Newest || !new SavedLater(job, scope).Is(pairs, isFresh)) return;
        job.Continue(last, scope);
        foreach (var entry in HistoryEntries.Of(theirs.History)) StatusFields.Take(job.Row, entry, isNewest: true);
    }

    private JobRun Begin(TrainingHistory history)
    {
        var (parent, fromStep) = RunMatch.ParentOf(job.Runs, history, _taken);
        // The event of it must not stand inside of a report's numbers before anything of that came.
        EndReport();
        var run = job.BeginRun(parent, fromStep, scope);
        BeginReport();
        return run;
    }

    private void TakeEntries(JobRun run, TrainingHistory history, ImportedSources sources)
    {
        job.BeginFirstRun(scope);
        var ends = new Dictionary<int, ImportedSeries>();
        List<KeyValuePair<string, double>> fresh = [];
        List<KeyValuePair<string, double>> ranked = [];
        foreach (var entry in HistoryEntries.Of(history))
        {
            // What stands before a fork is the older run's, and is kept once.
            var owner = job.Runs.OwnerOf(run, entry.Step);
            if (!ends.TryGetValue(owner.Number, out var series)) ends.Add(owner.Number, series = new ImportedSeries(job, owner.Number, scope));
            var source = sources.Of(entry);
            fresh.Clear();
            ranked.Clear();
            KeyValuePair<string, double>? epoch = null;
            foreach (var metric in entry.Metrics)
            {
                if (metric.Key is MetricKeys.Epoch && entry.Metrics.Count > 1) epoch = metric;
                else if (!series.IsStored(metric.Key, entry.Step, source, metric.Value)) fresh.Add(metric);
            }

            if (fresh.Count == 0) continue;
            if (epoch is { } at) fresh.Add(at);
            foreach (var metric in fresh)
                if (RankedMetrics.Include(metric.Key, job.Strategy))
                    ranked.Add(metric);

            var seq = ++job.Row.Seq;
            if (ranked.Count > 0) job.Runs.Add(owner, new ReportedEntry(source, entry.Step, ranked));
            foreach (var metric in fresh) series.Add(metric.Key, source, new JobPoint(entry.Step, seq, null, metric.Value));
            Count(entry.Step, fresh.Count);
            if (run == job.Runs.Newest) StatusFields.Take(job.Row, entry, isNewest: entry.Step >= (run.LastStep ?? 0));
        }
    }

    private void Count(long step, int points)
    {
        _lowestStep = Math.Min(_lowestStep, step);
        _highestStep = Math.Max(_highestStep, step);
        _points += points;
        job.RankingIsOld();
        if (_points < PointsOfAReport) return;
        EndReport();
        BeginReport();
    }

    private void BeginReport() => (_firstSeq, _lowestStep, _highestStep, _points) = (job.Row.Seq + 1, long.MaxValue, long.MinValue, 0);

    private void EndReport()
    {
        if (_points > 0) job.Reported(_firstSeq, _lowestStep, _highestStep, scope);
        _points = 0;
    }
}
