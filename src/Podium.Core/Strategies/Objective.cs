using Podium.Evaluations;
using Podium.Ranking;

namespace Podium.Strategies;

/// <summary>What a strategy sorts one run by.</summary>
/// <param name="metric">The metric whose evaluations are scored.</param>
internal abstract class Objective(string metric)
{
    public string Metric { get; } = metric;

    /// <summary>Lower is better; +∞ where the evaluation is not finite.</summary>
    public abstract double Score(in Evaluation evaluation);

    /// <summary>The parts of a finite score.</summary>
    public virtual IReadOnlyList<ScorePart> Parts(in Evaluation evaluation) => [new ScorePart(Metric, Score(evaluation))];

    /// <summary>A last word on the order of the checkpoints that have a finite evaluation of their own, which come sorted by score.</summary>
    public virtual void Arrange(List<Candidate> own)
    {
    }
}

/// <summary>A checkpoint on its way into the ranking.</summary>
internal readonly record struct Candidate(Checkpoint Checkpoint, Evaluation? Scored, Evaluation? Loss, double Score)
{
    public bool IsOwn => Scored is { } scored && scored.Step == Checkpoint.Step;
}

/// <summary>A strategy's answer for one run: what it sorts by, or why it does not.</summary>
internal readonly record struct Resolution(Objective? Objective, Refusal? Refusal, IReadOnlyList<RankingNote> Notes)
{
    public static Resolution Of(Objective objective, params IReadOnlyList<RankingNote> notes) => new(objective, null, notes);

    public static implicit operator Resolution(Refusal refusal) => new(null, refusal, []);
}
