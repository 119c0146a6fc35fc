using Podium.Evaluations;
using Podium.Ranking;
using Podium.Scoring;
using Podium.Strategies;

namespace Podium.Robustness;

/// <summary>How often each checkpoint would be the best if the weights were somewhat different.</summary>
/// <remarks>
/// The rank-1 acceptability index of stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen
/// 1998): every weight is multiplied by 2^u, u uniform in [−1, 1] and independent, <see cref="Draws"/> times with a
/// fixed seed, so that the same run always gets the same answer. A weight of 0 stays 0.
/// </remarks>
/// <param name="Shares">The share of the draws that each checkpoint won, 0 to 1, the highest first; those that never won are left out.</param>
public sealed record RankAcceptability(IReadOnlyList<WinShare> Shares)
{
    /// <summary>How often the weights are drawn.</summary>
    public const int Draws = 4096;

    private const ulong Seed = 20_260_101;

    /// <summary>The share of the draws that one checkpoint won.</summary>
    /// <param name="path">The checkpoint's path.</param>
    public double ShareOf(string path)
    {
        foreach (var share in Shares)
            if (share.Path == path)
                return share.Share;

        return 0;
    }

    /// <summary>Draws the weights around those of a ranking.</summary>
    /// <param name="ranking">A ranking by <see cref="MultiMetricStrategy"/>.</param>
    /// <returns>Null where the ranking is by another strategy, which has no weights, or has no best.</returns>
    public static RankAcceptability? Of(RunRanking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        if (ranking.Strategy is not MultiMetricStrategy { Scorer: var scorer } || ranking.Best is not { } best) return null;

        List<RankedCheckpoint> rivals = [];
        foreach (var ranked in ranking.Checkpoints)
            if (ranked.Checkpoint.IsRecommendable && double.IsFinite(ranked.Score) && ranked.IsOwnEvaluation == best.IsOwnEvaluation)
                rivals.Add(ranked);

        // In the order of eval_loss and step, a tie falls to the one that comes first, as it does in the ranking.
        rivals.Sort(static (a, b) =>
            a.Scored!.Value.Value.CompareTo(b.Scored!.Value.Value) is not 0 and var byLoss ? byLoss
            : a.Checkpoint.Step.CompareTo(b.Checkpoint.Step) is not 0 and var byStep ? byStep
            : string.CompareOrdinal(a.Checkpoint.Path, b.Checkpoint.Path));
        var terms = new ScoreComponents[rivals.Count];
        for (var i = 0; i < terms.Length; i++) terms[i] = Terms(scorer, rivals[i].Scored!.Value);
        var wins = CountWins(terms, scorer.Weights);

        List<WinShare> shares = [];
        for (var i = 0; i < wins.Length; i++)
            if (wins[i] > 0)
                shares.Add(new WinShare(rivals[i].Checkpoint.Path, rivals[i].Checkpoint.Step, wins[i] / (double)Draws));

        shares.Sort(static (a, b) => b.Share.CompareTo(a.Share) is not 0 and var order ? order : a.Step.CompareTo(b.Step));
        return new RankAcceptability(shares);
    }

    private static ScoreComponents Terms(MultiMetricScorer scorer, in Evaluation evaluation) => new(
        evaluation.Value,
        scorer.OverfittingPenalty(evaluation.Value, evaluation.TrainLoss),
        MultiMetricScorer.PerplexityPenalty(evaluation.Value),
        evaluation.Improved ? -1 : 0);

    private static int[] CountWins(ScoreComponents[] terms, ScoreWeights weights)
    {
        var wins = new int[terms.Length];
        var random = new SplitMix64(Seed);
        for (var draw = 0; draw < Draws; draw++)
        {
            var evalLoss = weights.EvalLoss * Factor(ref random);
            var overfitting = weights.Overfitting * Factor(ref random);
            var perplexity = weights.Perplexity * Factor(ref random);
            var improvement = weights.Improvement * Factor(ref random);
            var winner = 0;
            var lowest = double.PositiveInfinity;
            for (var i = 0; i < terms.Length; i++)
            {
                ref readonly var term = ref terms[i];
                var score = evalLoss * term.EvalLoss + overfitting * term.Overfitting + perplexity * term.Perplexity + improvement * term.Improvement;
                if (score >= lowest) continue;
                lowest = score;
                winner = i;
            }

            wins[winner]++;
        }

        return wins;
    }

    private static double Factor(ref SplitMix64 random) => Math.Pow(2, 2 * random.NextDouble() - 1);
}

/// <summary>How often one checkpoint won.</summary>
/// <param name="Path">The checkpoint's path.</param>
/// <param name="Step">Its step.</param>
/// <param name="Share">The share of the draws that it won, 0 to 1.</param>
public sealed record WinShare(string Path, long Step, double Share);
