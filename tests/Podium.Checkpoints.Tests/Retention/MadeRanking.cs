using Podium.Checkpoints.Retention;
using Podium.Checkpoints.RunFolders;
using Podium.Checkpoints.Verification;
using Podium.Histories;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.Retention;

/// <summary>A ranked folder in memory.</summary>
internal sealed class MadeRanking
{
    private readonly List<FolderRun> _runs = [];
    private readonly Dictionary<string, CheckpointVerification> _verifications = new(StringComparer.Ordinal);
    private readonly List<UnreadableCheckpoint> _unreadable = [];

    public Dictionary<string, CheckpointFacts> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Another run: its evaluations and its checkpoints.</summary>
    public MadeRanking Run(IEnumerable<(long Step, double EvalLoss)> evaluations, params Checkpoint[] checkpoints)
    {
        var history = new TrainingHistoryBuilder();
        foreach (var (step, loss) in evaluations)
        {
            history.BeginEntry();
            history.SetStep(step);
            history.Set(MetricKeys.EvalLoss, loss);
        }

        _runs.Add(new FolderRun(new Run(history.Build(), checkpoints), null));
        foreach (var checkpoint in checkpoints) _verifications.TryAdd(checkpoint.Path, new CheckpointVerification { State = checkpoint.State });
        return this;
    }

    public MadeRanking Resumable(params string[] paths)
    {
        foreach (var path in paths) _verifications[path] = _verifications[path] with { IsResumable = true };
        return this;
    }

    public MadeRanking Unreadable(string path)
    {
        _verifications.Add(path, new CheckpointVerification { State = CheckpointState.Complete });
        _unreadable.Add(new UnreadableCheckpoint(path, new ReadFault(path, "made unreadable")));
        return this;
    }

    public MadeRanking Fact(string path, CheckpointFacts facts)
    {
        Facts[path] = facts;
        return this;
    }

    public FolderRanking Rank(Strategy? strategy = null) => FolderRanking.Of(
        new RunFolder { Path = "run", Runs = _runs, Unreadable = _unreadable, Verifications = _verifications, Warnings = [] },
        strategy ?? new MultiMetricStrategy(Podium.Scoring.MultiMetricScorer.Default, AskedFor: true));

    public RetentionPlan Plan(int best = 1, int latest = 1, Strategy? strategy = null, params string[] keep) =>
        RetentionPlan.Of(Rank(strategy), new RetentionPolicy { KeepBest = best, KeepLatest = latest, Keep = keep }, Facts);

    public RetentionPlan Strip(int latest = 1) => RetentionPlan.Of(Rank(), new RetentionPolicy { KeepLatest = latest, StripTrainingState = true }, Facts);

    /// <summary>A run that is evaluated and saved every ten steps.</summary>
    public static MadeRanking Usual(params double[] evalLosses) =>
        new MadeRanking().Run(evalLosses.Select((loss, i) => (10L * (i + 1), loss)), [.. evalLosses.Select((_, i) => At(10 * (i + 1)))]);

    public static Checkpoint At(long step, CheckpointState state = CheckpointState.Complete) => new($"checkpoint-{step}", step) { State = state, SizeBytes = 100 };
}
