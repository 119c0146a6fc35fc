using Podium.Evaluations;

namespace Podium.Ranking;

/// <summary>One weighted part of a score.</summary>
/// <param name="Name">Its name: <c>eval_loss</c>, <c>overfitting</c>, <c>perplexity</c>, <c>improvement</c>, or the metric that a strategy sorts by.</param>
/// <param name="Value">What it adds to the score.</param>
public sealed record ScorePart(string Name, double Value);

/// <summary>A checkpoint and its place in the ranking of its run.</summary>
public sealed record RankedCheckpoint
{
    /// <summary>The checkpoint.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>1 for the best.</summary>
    public required int Rank { get; init; }

    /// <summary>What the strategy sorts by; lower is better. +∞ where there is nothing to score.</summary>
    public required double Score { get; init; }

    /// <summary>The parts of <see cref="Score"/>, which they add up to; none where there is no finite score.</summary>
    public required IReadOnlyList<ScorePart> Parts { get; init; }

    /// <summary>The evaluation that was scored; null where none is near enough.</summary>
    public required Evaluation? Scored { get; init; }

    /// <summary>The evaluation of the loss, which is <see cref="Scored"/> unless the strategy ranks by another metric.</summary>
    public required Evaluation? Loss { get; init; }

    /// <summary>Whether this is the recommended one.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Whether this has the highest step of the run.</summary>
    public required bool IsLatest { get; init; }

    /// <summary>Whether the scored evaluation was made at the checkpoint's own step.</summary>
    public bool IsOwnEvaluation => Scored is { } scored && scored.Step == Checkpoint.Step;

    /// <summary>The checkpoint's epoch: its own, or that of its evaluation.</summary>
    public double? Epoch => Checkpoint.Epoch ?? (IsOwnEvaluation ? Scored?.Epoch : null);
}
