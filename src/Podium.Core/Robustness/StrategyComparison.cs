using Podium.Ranking;
using Podium.Strategies;
using static Podium.Ranking.Words;

namespace Podium.Robustness;

/// <summary>What one strategy would pick, and what that costs in the terms of the others.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Metric">The metric that it sorts by.</param>
/// <param name="Path">The checkpoint that it picks.</param>
/// <param name="Step">Its step.</param>
/// <param name="EvalLoss">Its evaluation loss, if it has one.</param>
/// <param name="Costs">What the pick gives up: for every strategy its own score at this pick less that of its best, at least 0.</param>
public sealed record StrategyPick(string Strategy, string Metric, string Path, long Step, double? EvalLoss, IReadOnlyList<StrategyCost> Costs);

/// <summary>What a pick gives up in the terms of one strategy.</summary>
/// <param name="Strategy">The strategy whose terms these are.</param>
/// <param name="Score">The pick's score there.</param>
/// <param name="Behind">How much that is above the score of the strategy's own pick; null where the pick has no score there.</param>
/// <param name="Share">The same as a share of the own pick's score; null where that is not above 0.</param>
public sealed record StrategyCost(string Strategy, double? Score, double? Behind, double? Share);

/// <summary>The picks of the strategies side by side.</summary>
/// <param name="Picks">One a strategy that can rank the run, the one that was asked for first.</param>
public sealed record StrategyComparison(IReadOnlyList<StrategyPick> Picks)
{
    /// <summary>Whether two strategies pick different checkpoints.</summary>
    public bool Disagree => Picks.Any(pick => pick.Step != Picks[0].Step);

    /// <summary>One line that says who picks what; null where all agree.</summary>
    public string? Summary
    {
        get
        {
            if (!Disagree) return null;
            var others = Picks.Skip(1).Where(pick => pick.Step != Picks[0].Step).GroupBy(pick => pick.Path, StringComparer.Ordinal)
                .Select(group => $"{string.Join(" and ", group.Select(pick => pick.Strategy))} {(group.Count() == 1 ? "picks" : "pick")} {group.Key}{Difference(group.First())}");
            return $"Strategies disagree: {string.Join("; ", others)}.";
        }
    }

    /// <summary>Ranks a run by the strategy of a ranking and by each of the standing ones that can rank it.</summary>
    /// <param name="ranking">A ranking with a best.</param>
    public static StrategyComparison Of(RunRanking ranking)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        if (ranking.Best is null) return new StrategyComparison([]);

        var evidence = new RunEvidence(ranking.Run, ranking.EvalLossKey);
        List<Contender> contenders = [];
        foreach (var strategy in (Strategy[])[ranking.Strategy, new MultiMetricStrategy(), new EvalLossStrategy(), new PlateauStrategy(), new TrainerStrategy()])
        {
            if (strategy.Resolve(evidence).Objective is not { } objective) continue;
            if (contenders.Exists(other => SaysNothingNew(strategy, objective, other))) continue;
            var other = contenders.Count == 0 ? ranking : Ranker.Rank(evidence, strategy);
            if (other.Best is not null) contenders.Add(new Contender(NameBeside(strategy, contenders), other, objective.Metric));
        }

        return new StrategyComparison(contenders.ConvertAll(contender => Pick(contender, contenders)));
    }

    /// <summary>The strategy that ranks already, or a trainer that chose by what another strategy sorts by.</summary>
    private static bool SaysNothingNew(Strategy strategy, Objective objective, Contender other) =>
        strategy is MultiMetricStrategy { Scorer: var scorer } ? other.Ranking.Strategy is MultiMetricStrategy { Scorer: var known } && known.Weights == scorer.Weights && known.Gap == scorer.Gap
        : strategy is TrainerStrategy ? other.Metric == objective.Metric && other.Ranking.Strategy is EvalLossStrategy or MetricStrategy or TrainerStrategy
        : other.Ranking.Strategy == strategy;

    /// <summary>With weights of one's own, the published ones stand beside them under a name that says so.</summary>
    private static string NameBeside(Strategy strategy, List<Contender> contenders) =>
        contenders.Exists(other => other.Name == strategy.Name) ? $"{strategy.Name} (published weights)" : strategy.Name;

    private static StrategyPick Pick(Contender contender, List<Contender> all)
    {
        var best = contender.Ranking.Best!;
        return new StrategyPick(
            contender.Name,
            contender.Metric,
            best.Checkpoint.Path,
            best.Checkpoint.Step,
            best.Loss is { IsFinite: true } loss ? loss.Value : null,
            all.ConvertAll(other => Cost(best.Checkpoint, other)));
    }

    private static StrategyCost Cost(Checkpoint pick, Contender other)
    {
        var terms = other.Ranking;
        // A plateau is a choice among the lowest losses: its terms are those of the loss, and its own pick is no yardstick.
        var yardstick = terms.Strategy is PlateauStrategy && RankingWarnings.LowestLoss(terms) is { } lowest ? lowest.Score : terms.Best!.Score;
        var score = terms.Checkpoints.First(ranked => ReferenceEquals(ranked.Checkpoint, pick)).Score;
        if (!double.IsFinite(score)) return new StrategyCost(other.Name, null, null, null);
        var behind = Math.Max(0, score - yardstick);
        return new StrategyCost(other.Name, score, behind, yardstick > 0 ? behind / yardstick : null);
    }

    private sealed record Contender(string Name, RunRanking Ranking, string Metric);

    private string Difference(StrategyPick other)
    {
        if (other.EvalLoss is not { } theirs || Picks[0].EvalLoss is not { } ours || ours == theirs || ours <= 0) return "";
        var share = theirs / ours - 1;
        return $" (eval_loss {Percent(Math.Abs(share))} {(share < 0 ? "lower" : "higher")})";
    }
}
