using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Robustness;

namespace Podium.Core.Tests.Robustness;

public sealed class RobustnessLawTests
{
    [Fact]
    public void Of_AnyRun_SharesSumToOneAndTheirOwnersCouldBeTheBest() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            var ranking = Ranker.Rank(run.Run, AnyStrategy.AskedFor);
            if (RankAcceptability.Of(ranking) is not { } acceptability)
            {
                ranking.Best.ShouldBeNull();
                return;
            }

            acceptability.Shares.Sum(share => share.Share).ShouldBe(1, 1e-9);
            foreach (var share in acceptability.Shares)
            {
                var winner = ranking.Checkpoints.Single(ranked => ranked.Checkpoint.Path == share.Path);
                winner.Checkpoint.IsRecommendable.ShouldBeTrue();
                winner.IsOwnEvaluation.ShouldBe(ranking.Best!.IsOwnEvaluation);
                double.IsFinite(winner.Score).ShouldBeTrue();
            }
        },
        AnyRun.Smaller);

    [Fact]
    public void Of_AnyRun_EachPickCostsNothingInItsOwnTermsAndNothingIsGained() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            var comparison = StrategyComparison.Of(Ranker.Rank(run.Run, AnyStrategy.AskedFor));
            (comparison.Summary is null).ShouldBe(!comparison.Disagree);
            foreach (var pick in comparison.Picks)
            {
                pick.Costs.Count.ShouldBe(comparison.Picks.Count);
                pick.Costs.ShouldAllBe(cost => cost.Behind == null || cost.Behind >= 0);
                if (!pick.Strategy.StartsWith("plateau", StringComparison.Ordinal)) pick.Costs.Single(cost => cost.Strategy == pick.Strategy).Behind.ShouldBe(0);
            }
        },
        AnyRun.Smaller);
}
