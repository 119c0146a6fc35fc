namespace Podium.Server.Listing;

/// <summary>Why a listing's best is the best, how sure that is, and how the runs of the job went.</summary>
public sealed record ListingExplanation
{
    /// <summary>One line that says which strategies disagree; null where all agree.</summary>
    public required string? Summary { get; init; }

    /// <summary>Why the strategy gives no ranking of the newest run; null where it gives one.</summary>
    public required ListedRefusal? Refusal { get; init; }

    /// <summary>How far the score of the runner-up lies behind that of the best; null where there is none, or where the choice is not by the score alone.</summary>
    public required double? Margin { get; init; }

    /// <summary>The path of the second best.</summary>
    public required string? RunnerUp { get; init; }

    /// <summary>How often each checkpoint would win with other weights; null where the strategy has none.</summary>
    public required ListedFirmness? Firmness { get; init; }

    /// <summary>All runs of the job, the newest first.</summary>
    public required IReadOnlyList<ListedRun> Runs { get; init; }

    /// <summary>How the newest run goes.</summary>
    public required ListedTrajectory Trajectory { get; init; }

    /// <summary>The evaluations of the newest run by step; of many, the newest 500.</summary>
    public required IReadOnlyList<ListedMeasurement> Evaluations { get; init; }

    /// <summary>Steps and their epochs of the newest run, [step, epoch], as far as they are known: at most 200, the ends among them.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Epochs { get; init; }
}

/// <summary>A strategy's answer that it cannot rank.</summary>
/// <param name="Code">Why, for programs.</param>
/// <param name="Message">Why, and what to do.</param>
/// <param name="Proposal">A strategy that would work; null where none is known.</param>
public sealed record ListedRefusal(string Code, string Message, string? Proposal);

/// <summary>How often checkpoints win when the weights are drawn between half and double.</summary>
/// <param name="Draws">How often they were drawn.</param>
/// <param name="Shares">Who won how often, the most often first; who never won is left out.</param>
public sealed record ListedFirmness(int Draws, IReadOnlyList<ListedShare> Shares);

/// <summary>How often a checkpoint won.</summary>
/// <param name="Path">The checkpoint.</param>
/// <param name="Step">Its step.</param>
/// <param name="Share">The share of the draws, 0 to 1.</param>
public sealed record ListedShare(string Path, long Step, double Share);

/// <summary>A run of a job, and what it has come to.</summary>
public sealed record ListedRun
{
    public required int Run { get; init; }

    /// <summary>The run from which it forked; null where it did not.</summary>
    public required int? Parent { get; init; }

    /// <summary>The step from which on it is its own; null where it did not fork.</summary>
    public required long? FromStep { get; init; }

    public required long? FirstStep { get; init; }

    public required long? LastStep { get; init; }

    /// <summary>How many evaluations it has, those from before it forked included.</summary>
    public required int Evaluations { get; init; }

    public required int Checkpoints { get; init; }

    /// <summary>The path of its best checkpoint; null where none can be recommended.</summary>
    public required string? BestCheckpoint { get; init; }

    /// <summary>The step of that; while there is none, of the best evaluation.</summary>
    public required long? BestStep { get; init; }

    public required double? BestEvalLoss { get; init; }

    public required double? BestScore { get; init; }

    public required double? LowestEvalLoss { get; init; }

    public required long? LowestEvalLossStep { get; init; }

    /// <summary>improving, stable, degrading or insufficient_data.</summary>
    public required string LossTrend { get; init; }

    public required bool IsNewest { get; init; }
}

/// <summary>How a run goes, told by its own course.</summary>
public sealed record ListedTrajectory
{
    public required int EvaluationCount { get; init; }

    /// <summary>The evaluation from which it overfits; null where it does not.</summary>
    public required ListedTurn? OverfittingFrom { get; init; }

    /// <summary>Evaluation loss less training loss at the last evaluation; null where that cannot be told.</summary>
    public required ListedGap? Gap { get; init; }

    /// <summary>The perplexity of the last evaluation.</summary>
    public required double? Perplexity { get; init; }

    public required ListedPerplexity? LowestPerplexity { get; init; }

    public required int? EvaluationsSinceBest { get; init; }

    /// <summary>improving, stable, degrading or insufficient_data.</summary>
    public required string LossTrend { get; init; }

    /// <summary>A sentence each on the gap, the perplexity, the trend and the time since the best: loss-gap, perplexity, trend, since-best.</summary>
    public required IReadOnlyList<ListedNote> Notes { get; init; }
}

/// <summary>Where the evaluation loss turned.</summary>
public sealed record ListedTurn(long Step, double? Epoch, double? EvalLoss);

/// <summary>How far two losses lie apart.</summary>
/// <param name="Absolute">Evaluation loss less training loss.</param>
/// <param name="Relative">The same as a share of the evaluation loss; null where that is not above 0.</param>
public sealed record ListedGap(double? Absolute, double? Relative);

/// <summary>A perplexity, and where it was measured.</summary>
public sealed record ListedPerplexity(double Value, long Step);

/// <summary>What one evaluation measured.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Epoch">Its epoch, if it was logged.</param>
/// <param name="EvalLoss">The evaluation loss.</param>
/// <param name="TrainLoss">The training loss that belongs to it.</param>
/// <param name="Perplexity">The perplexity; null where the loss is none of tokens.</param>
/// <param name="Improved">Whether the evaluation loss lies below the one before; null where there is no evaluation loss.</param>
/// <param name="Score">What the strategy makes of it; lower is better.</param>
public sealed record ListedMeasurement(long Step, double? Epoch, double? EvalLoss, double? TrainLoss, double? Perplexity, bool? Improved, double? Score);
