using Podium.Analysis;
using Podium.Checkpoints.RunFolders;
using Podium.Histories;

namespace Podium.Checkpoints.Following;

/// <summary>Tells from the times in the logs, else from when checkpoints were saved, how long a run will still take.</summary>
internal sealed class RemainingTime
{
    private ProgressEstimator _estimator = new();
    private object? _source;
    private int _taken;

    /// <summary>Takes in what is new.</summary>
    /// <param name="live">What is logged between saves; null where nothing is.</param>
    /// <param name="run">The newest run of the folder; null where there is none.</param>
    /// <param name="step">The last step that is known.</param>
    /// <param name="now">The time.</param>
    public void Take(LiveReading? live, FolderRun? run, long? step, DateTimeOffset now)
    {
        if (live?.WallTimes is { } times)
        {
            // What was taken in from elsewhere has other times.
            if (_source != live.Source || _taken > times.Count) (_estimator, _taken, _source) = (new ProgressEstimator(), 0, live.Source);
            for (; _taken < times.Count; _taken++)
                if (live.History.Steps[_taken] is not TrainingHistory.NoStep and var logged && times[_taken] is > 0 and < 1e11 and var seconds)
                    _estimator.Observe(logged, DateTimeOffset.UnixEpoch.AddSeconds(seconds));

            return;
        }

        foreach (var saved in run?.Run.Checkpoints.Where(checkpoint => checkpoint.CreatedAt is not null).OrderBy(checkpoint => checkpoint.Step) ?? Enumerable.Empty<Ranking.Checkpoint>())
            if (_estimator.Step is not { } last || saved.Step > last)
                _estimator.Observe(saved.Step, saved.CreatedAt!.Value);

        // A run that began anew counts from there.
        if (step is { } reached && reached != _estimator.Step) _estimator.Observe(reached, now);
    }

    /// <summary>The time that is left; null while it cannot be said.</summary>
    public TimeSpan? Left(long? maxSteps) => maxSteps is { } steps ? _estimator.Estimate(steps).Remaining : null;
}
