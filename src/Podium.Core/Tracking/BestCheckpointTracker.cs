using Podium.Histories;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Tracking;

/// <summary>Follows a run while it is trained and names, after every observation, the checkpoint to ship so far.</summary>
/// <remarks>
/// It holds what it was told and asks <see cref="Ranker"/>, so that it names what a ranking of the same history names. An
/// observation costs the same however long the run is; asking for <see cref="Ranking"/> reads only the entries that are
/// new and costs as much as there are evaluations and checkpoints. Not safe for use by several threads at once.
/// </remarks>
public sealed class BestCheckpointTracker
{
    private readonly TrainingHistoryBuilder _history = new();
    private readonly Dictionary<string, Checkpoint> _checkpoints = new(StringComparer.Ordinal);
    private readonly RunEvidence _evidence;
    private readonly Strategy _strategy;
    private RunRanking? _ranking;

    /// <summary>Begins with an empty history.</summary>
    /// <param name="strategy">How to rank; null: the multi-metric score with the published weights.</param>
    /// <param name="evalLossKey">Which metric is the evaluation loss; null: <c>eval_loss</c>, or the only one there is.</param>
    public BestCheckpointTracker(Strategy? strategy = null, string? evalLossKey = null)
    {
        _strategy = strategy ?? new MultiMetricStrategy();
        _evidence = new RunEvidence(new Run(TrainingHistory.Empty, []), evalLossKey);
    }

    /// <summary>The ranking of everything observed so far.</summary>
    public RunRanking Ranking
    {
        get
        {
            if (_ranking is null)
            {
                _evidence.Advance(new Run(_history.Build(), [.. _checkpoints.Values]) { TrainerChoice = TrainerChoice });
                _ranking = Ranker.Rank(_evidence, _strategy);
            }

            return _ranking;
        }
    }

    /// <summary>The checkpoint to ship so far; null while there is none with a score.</summary>
    public RankedCheckpoint? Best => Ranking.Best;

    /// <summary>The best evaluation so far, saved or not.</summary>
    public ScoredEvaluation? BestEvaluation => Ranking.BestEvaluation;

    /// <summary>What the trainer itself says it chose by, if it says so; only the strategy <c>trainer</c> asks.</summary>
    public TrainerChoice TrainerChoice
    {
        get;
        set
        {
            field = value;
            _ranking = null;
        }
    }

    /// <summary>How many evaluations were made after the best one.</summary>
    public int EvaluationsSinceBest => BestEvaluation is { } best ? _evidence.EvaluationsAfter(best.Step, _strategy) : 0;

    /// <summary>Takes in one entry of the trainer's log.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="metrics">Its metrics, e.g. <c>loss</c>, <c>eval_loss</c>, <c>epoch</c>; NaN and infinities are kept as such.</param>
    public void Observe(long step, params ReadOnlySpan<(string Metric, double Value)> metrics)
    {
        _ranking = null;
        _history.BeginEntry();
        _history.SetStep(step);
        foreach (var (metric, value) in metrics) _history.Set(metric, value);
    }

    /// <summary>Takes in that a checkpoint was saved; one of the same path replaces the one before.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    public void Save(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        _ranking = null;
        _checkpoints[checkpoint.Path] = checkpoint;
    }

    /// <summary>Takes in that a checkpoint is gone, e.g. by the trainer's rotation.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Whether it was known.</returns>
    public bool Remove(string path)
    {
        _ranking = null;
        return _checkpoints.Remove(path);
    }
}
