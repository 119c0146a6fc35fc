using Podium.Analysis;
using Podium.Checkpoints.RunFolders;
using Podium.Histories;

namespace Podium.Checkpoints.Following;

/// <summary>Brings together what the newest run's state files and its live log say of how far it is.</summary>
internal sealed class ProgressReading
{
    private readonly RemainingTime _remaining = new();

    /// <summary>How far the run is.</summary>
    /// <param name="ranking">The folder as it is; null where there is no run yet.</param>
    /// <param name="live">The live log; null where there is none.</param>
    /// <param name="now">The time.</param>
    public RunProgress Read(FolderRanking? ranking, LiveReading? live, DateTimeOffset now)
    {
        var run = ranking?.Folder.Runs is [var newest, ..] ? newest : null;
        var saved = run?.Run.History ?? TrainingHistory.Empty;
        var savedStep = Later(saved.LastStep, run?.Facts?.GlobalStep);
        // A trainer that began anew in the folder logs lower steps than its predecessor saved; its log is the younger one.
        var lastSave = run?.Run.Checkpoints.Max(checkpoint => checkpoint.CreatedAt);
        if (live is not null && live.History.LastStep < savedStep && live.WrittenAt <= lastSave) live = null;

        var isAnew = live is not null && live.History.LastStep < savedStep;
        var evalLoss = EvalLossKey(ranking);
        var step = isAnew ? live!.History.LastStep : Later(live?.History.LastStep, savedStep);
        var maxSteps = live?.TotalSteps ?? run?.Facts?.MaxSteps;
        _remaining.Take(live, run, step, now);
        var before = isAnew ? TrainingHistory.Empty : saved;
        return new RunProgress
        {
            Step = step,
            MaxSteps = maxSteps,
            Epoch = LastEpoch(live?.History, step) ?? LastEpoch(before, step) ?? (step == run?.Facts?.GlobalStep ? run?.Facts?.Epoch : null),
            Remaining = _remaining.Left(maxSteps),
            TrainLosses = Losses(before, live?.History, MetricKeys.Loss),
            EvalLosses = Losses(before, live?.History, evalLoss),
            Trend = LossTrends.Of(saved, evalLoss),
            End = isAnew ? EndOf(live!.History, null, maxSteps)
                : EndOf(live?.History, saved, maxSteps) is not RunEnd.Closed and var logged && !(savedStep >= maxSteps && step == savedStep) ? logged
                : RunEnd.Closed,
        };
    }

    /// <summary>The metric that is the evaluation loss of the newest run.</summary>
    public static string EvalLossKey(FolderRanking? ranking) => ranking?.Runs is [{ EvalLossKey: { } key }, ..] ? key : MetricKeys.EvalLoss;

    private static RunEnd EndOf(TrainingHistory? live, TrainingHistory? saved, long? maxSteps) =>
        Closes(live) || Closes(saved) ? RunEnd.Closed
        : live?.LastStep >= maxSteps ? RunEnd.Logged
        : RunEnd.None;

    /// <summary>Whether the run's closing entry stands at its last step.</summary>
    private static bool Closes(TrainingHistory? history) =>
        history?.Find(MetricKeys.TrainRuntime) is { Count: > 0 } closings && history.Steps[closings.Entries[^1]] == history.LastStep
        && !(history.Find(MetricKeys.Loss)?.TryGetValue(closings.Entries[^1], out _) ?? false);

    private static long? Later(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);

    private static double? LastEpoch(TrainingHistory? history, long? step) =>
        history?.Find(MetricKeys.Epoch) is { Count: > 0 } epochs && history.Steps[epochs.Entries[^1]] == step ? epochs.Values[^1] : null;

    /// <summary>The finite losses of both, by step; a state file's stands before a log's.</summary>
    private static StepLoss[] Losses(TrainingHistory saved, TrainingHistory? live, string metric)
    {
        SortedDictionary<long, double> losses = [];
        foreach (var history in (TrainingHistory?[])[live, saved])
        {
            if (history?.Find(metric) is not { } column) continue;
            for (var i = 0; i < column.Count; i++)
                if (history.Steps[column.Entries[i]] is not TrainingHistory.NoStep and var step && double.IsFinite(column.Values[i]))
                    losses[step] = column.Values[i];
        }

        return [.. losses.Select(loss => new StepLoss(loss.Key, loss.Value))];
    }
}
