using Podium.Evaluations;
using Podium.Ranking;
using Podium.Scoring;

namespace Podium.Strategies;

/// <summary>The multi-metric score: the default.</summary>
/// <param name="Scorer">The weights and the kind of gap.</param>
/// <param name="AskedFor">
/// Whether it was asked for by name. As a default it is not applied to a run whose loss is none of tokens (see
/// docs/scoring.md); asked for, it is.
/// </param>
public sealed record MultiMetricStrategy(MultiMetricScorer Scorer, bool AskedFor = false) : Strategy
{
    /// <summary>The published weights, as the default.</summary>
    public MultiMetricStrategy()
        : this(MultiMetricScorer.Default)
    {
    }

    /// <inheritdoc/>
    public override string Name => "multi-metric";

    internal override Resolution Resolve(RunEvidence evidence)
    {
        var (key, refusal, note) = evidence.EvalLoss();
        if (refusal is not null) return refusal;

        var suspicion = TokenLossCheck.Examine(evidence, key!);
        if (suspicion is { Refuses: true } && !AskedFor) return suspicion.Refusal;

        List<RankingNote> notes = [];
        if (note is not null) notes.Add(note);
        if (suspicion is not null) notes.Add(new RankingNote(suspicion.Refusal.Code, suspicion.Refusal.Message));
        return Resolution.Of(new LowestScore(key!, Scorer), notes);
    }

    internal sealed class LowestScore(string metric, MultiMetricScorer scorer) : Objective(metric)
    {
        public override double Score(in Evaluation evaluation) => scorer.Score(evaluation).Total;

        public override IReadOnlyList<ScorePart> Parts(in Evaluation evaluation)
        {
            var components = scorer.Score(evaluation);
            return
            [
                new ScorePart("eval_loss", components.EvalLoss),
                new ScorePart("overfitting", components.Overfitting),
                new ScorePart("perplexity", components.Perplexity),
                new ScorePart("improvement", components.Improvement),
            ];
        }
    }
}
