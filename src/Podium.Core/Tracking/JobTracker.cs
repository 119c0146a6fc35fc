using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;
using Podium.Reports;
using Podium.Strategies;

namespace Podium.Tracking;

/// <summary>Ranks the newest run of a job again and again while it grows, reading only what is new.</summary>
/// <remarks>It asks <see cref="Ranker"/>, so that it names what a ranking of the same history names. Not safe for use by several threads at once.</remarks>
/// <param name="strategy">How to rank; null: the multi-metric score with the published weights.</param>
/// <param name="evalLossKey">Which metric is the evaluation loss; null: <c>eval_loss</c>, or the only one there is.</param>
public sealed class JobTracker(Strategy? strategy = null, string? evalLossKey = null)
{
    private readonly Strategy _strategy = strategy ?? new MultiMetricStrategy();
    private RunEvidence? _evidence;
    private (JobRun? Run, int Rewrites) _followed;

    /// <summary>How many evaluations came after the best one of the last ranking.</summary>
    public int EvaluationsSinceBest { get; private set; }

    /// <summary>The evaluations that the last ranking went by, in the order in which their steps were first evaluated.</summary>
    public IReadOnlyList<Evaluation> Evaluations { get; private set; } = [];

    /// <summary>Ranks a run as it is now.</summary>
    /// <param name="run">The run; another one than before, or one whose past was changed, is read from its beginning.</param>
    /// <param name="checkpoints">Its checkpoints, in any order.</param>
    /// <param name="choice">What the trainer kept as its best, if that is known.</param>
    public RunRanking Rank(JobRun run, IReadOnlyList<Checkpoint> checkpoints, TrainerChoice choice = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var whole = new Run(run.History, checkpoints) { TrainerChoice = choice };
        if (_evidence is null || _followed != (run, run.Rewrites)) _evidence = new RunEvidence(whole, evalLossKey);
        else _evidence.Advance(whole);

        _followed = (run, run.Rewrites);
        var ranking = Ranker.Rank(_evidence, _strategy);
        Evaluations = _evidence.Timeline(ranking.EvalLossKey ?? MetricKeys.EvalLoss).Evaluations;
        EvaluationsSinceBest = ranking.BestEvaluation is { } best ? _evidence.EvaluationsAfter(best.Step, _strategy) : 0;
        return ranking;
    }
}
