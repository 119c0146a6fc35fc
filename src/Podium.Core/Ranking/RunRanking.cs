using Podium.Strategies;

namespace Podium.Ranking;

/// <summary>The ordered checkpoints of a run, the best, the latest, and what to know about them.</summary>
public sealed record RunRanking
{
    /// <summary>The run.</summary>
    public required Run Run { get; init; }

    /// <summary>The strategy that ranked.</summary>
    public required Strategy Strategy { get; init; }

    /// <summary>The metric that is the run's evaluation loss; null where it has none, or several of which none is the main one.</summary>
    public required string? EvalLossKey { get; init; }

    /// <summary>All checkpoints, the best first.</summary>
    public required IReadOnlyList<RankedCheckpoint> Checkpoints { get; init; }

    /// <summary>The best evaluation, saved or not; null where there is none that is finite.</summary>
    public required ScoredEvaluation? BestEvaluation { get; init; }

    /// <summary>What a reader should know before using the best.</summary>
    public required IReadOnlyList<RankingNote> Warnings { get; init; }

    /// <summary>Why there is no ranking; null where there is one.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The recommended checkpoint; null where nothing can be recommended.</summary>
    public RankedCheckpoint? Best => Checkpoints is [{ IsBest: true } best, ..] ? best : null;

    /// <summary>The next that could be recommended and is judged as the best is, by an evaluation of its own or by a near one; null where there is none.</summary>
    public RankedCheckpoint? RunnerUp => Best is { } best
        ? Checkpoints.Skip(1).FirstOrDefault(other => other.Checkpoint.IsRecommendable && double.IsFinite(other.Score) && other.IsOwnEvaluation == best.IsOwnEvaluation)
        : null;

    /// <summary>The checkpoint with the highest step; null where there are none.</summary>
    public RankedCheckpoint? Latest => Checkpoints.FirstOrDefault(checkpoint => checkpoint.IsLatest);
}

/// <summary>An evaluation with its score, whether or not a checkpoint was saved there.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Epoch">Its epoch, if it was logged.</param>
/// <param name="EvalLoss">The evaluation loss there; null where the strategy ranks by another metric and none was logged.</param>
/// <param name="Score">Its score; finite, lower is better.</param>
public sealed record ScoredEvaluation(long Step, double? Epoch, double? EvalLoss, double Score);
