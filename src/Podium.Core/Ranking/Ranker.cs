using Podium.Evaluations;
using Podium.Strategies;

namespace Podium.Ranking;

/// <summary>Ranks the checkpoints of a run: the one place where a best checkpoint is chosen.</summary>
public static class Ranker
{
    /// <summary>Ranks a run.</summary>
    /// <param name="run">The run. Neither the order of its checkpoints nor the names of their folders matter.</param>
    /// <param name="strategy">How to rank; null: <see cref="MultiMetricStrategy"/> with the published weights.</param>
    /// <param name="evalLossKey">
    /// Which metric is the evaluation loss, where a run has several evaluation sets; null: <c>eval_loss</c>, or the only one there is.
    /// </param>
    /// <returns>The ranking. Where the strategy cannot rank the run, it says why (<see cref="RunRanking.Refusal"/>).</returns>
    public static RunRanking Rank(Run run, Strategy? strategy = null, string? evalLossKey = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Rank(new RunEvidence(run, evalLossKey), strategy ?? new MultiMetricStrategy());
    }

    internal static RunRanking Rank(RunEvidence evidence, Strategy strategy)
    {
        var run = evidence.Run;
        var resolution = strategy.Resolve(evidence);
        if (resolution.Objective is { Metric: var metric } && evidence.Timeline(metric).Count == 0)
            resolution = new Refusal(RefusalKind.NoEvaluation, $"'{metric}' was logged only in entries without a step, which do not count.");

        var lossKey = evidence.EvalLoss().Key;
        var groups = Group(evidence, resolution.Objective, lossKey);
        var hasBest = groups.Own.Count > 0 || groups.Near.Count > 0;
        var latest = run.Checkpoints.Count == 0 ? null : run.Checkpoints.Aggregate(Later);

        var ranked = new List<RankedCheckpoint>(run.Checkpoints.Count);
        foreach (var candidate in groups.InOrder())
        {
            ranked.Add(new RankedCheckpoint
            {
                Checkpoint = candidate.Checkpoint,
                Rank = ranked.Count + 1,
                Score = candidate.Score,
                Parts = candidate.Scored is { } scored && double.IsFinite(candidate.Score) ? resolution.Objective!.Parts(scored) : [],
                Scored = candidate.Scored,
                Loss = candidate.Loss,
                IsBest = hasBest && ranked.Count == 0,
                IsLatest = ReferenceEquals(candidate.Checkpoint, latest),
            });
        }

        var ranking = new RunRanking
        {
            Run = run,
            Strategy = strategy,
            EvalLossKey = lossKey,
            Checkpoints = ranked,
            BestEvaluation = resolution.Objective is { } objective ? BestEvaluation(evidence, objective, lossKey) : null,
            Warnings = resolution.Notes,
            Refusal = resolution.Refusal,
        };
        return resolution.Objective is null ? ranking : ranking with { Warnings = RankingWarnings.For(ranking, evidence, resolution) };
    }

    private static Groups Group(RunEvidence evidence, Objective? objective, string? lossKey)
    {
        var groups = new Groups([], [], [], []);
        var scored = objective is null ? null : evidence.Matcher(objective.Metric);
        var losses = lossKey is null ? null : evidence.Matcher(lossKey);
        foreach (var checkpoint in evidence.Run.Checkpoints)
        {
            var evaluation = scored?.Find(checkpoint.Step);
            var score = evaluation is { } found ? objective!.Score(found) : double.PositiveInfinity;
            // A weight may be so large that a score overflows: such a one is as good as none.
            if (!double.IsFinite(score)) score = double.PositiveInfinity;
            var candidate = new Candidate(checkpoint, evaluation, losses?.Find(checkpoint.Step), score);
            var group = !checkpoint.IsRecommendable ? groups.Unusable
                : !double.IsFinite(score) ? groups.Unscored
                : candidate.IsOwn ? groups.Own
                : groups.Near;
            group.Add(candidate);
        }

        groups.Own.Sort(Compare);
        groups.Near.Sort(Compare);
        groups.Unscored.Sort(Compare);
        groups.Unusable.Sort(Compare);
        objective?.Arrange(groups.Own);
        return groups;
    }

    /// <summary>The order: score, then evaluation loss, then step. Two at one step and of one score differ in nothing but their name.</summary>
    private static int Compare(Candidate a, Candidate b)
    {
        var order = a.Score.CompareTo(b.Score);
        if (order == 0) order = LossOf(a).CompareTo(LossOf(b));
        if (order == 0) order = a.Checkpoint.Step.CompareTo(b.Checkpoint.Step);
        return order != 0 ? order : string.CompareOrdinal(a.Checkpoint.Path, b.Checkpoint.Path);
    }

    private static double LossOf(Candidate candidate) =>
        candidate.Loss is { IsFinite: true } loss ? loss.Value : double.PositiveInfinity;

    private static Checkpoint Later(Checkpoint a, Checkpoint b)
    {
        var order = a.Step.CompareTo(b.Step);
        if (order == 0) order = string.CompareOrdinal(b.Path, a.Path);
        return order >= 0 ? a : b;
    }

    private static ScoredEvaluation? BestEvaluation(RunEvidence evidence, Objective objective, string? lossKey)
    {
        Evaluation? best = null;
        var lowest = double.PositiveInfinity;
        foreach (var evaluation in evidence.Timeline(objective.Metric).Evaluations)
        {
            var score = objective.Score(evaluation);
            if (!double.IsFinite(score) || (best is { } leader && !Leads(evaluation, score, leader, lowest))) continue;
            best = evaluation;
            lowest = score;
        }

        if (best is not { } found) return null;
        var loss = lossKey is null ? null : evidence.Matcher(lossKey).Find(found.Step);
        return new ScoredEvaluation(found.Step, found.Epoch, loss is { IsFinite: true } at && at.Step == found.Step ? at.Value : null, lowest);
    }

    private static bool Leads(in Evaluation evaluation, double score, in Evaluation leader, double lowest) =>
        score != lowest ? score < lowest
        : evaluation.Value != leader.Value ? evaluation.Value < leader.Value
        : evaluation.Step < leader.Step;

    private readonly record struct Groups(List<Candidate> Own, List<Candidate> Near, List<Candidate> Unscored, List<Candidate> Unusable)
    {
        public IEnumerable<Candidate> InOrder() => Own.Concat(Near).Concat(Unscored).Concat(Unusable);
    }
}
