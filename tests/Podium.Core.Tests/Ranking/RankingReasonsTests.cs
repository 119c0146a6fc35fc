using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Robustness;
using Podium.Strategies;

namespace Podium.Core.Tests.Ranking;

public sealed class RankingReasonsTests
{
    private static string Reason(RunRanking ranking, int place, string code) =>
        RankingReasons.For(ranking, ranking.Checkpoints[place]).Single(reason => reason.Code == code).Message;

    private static RunRanking Overfitted { get; } =
        Ranker.Rank(new HistoryOf().Loss(10, 1).Eval(10, 1).Loss(20, 0.095).Eval(20, 0.95).Saved(10, 20));

    [Fact]
    public void For_Best_NamesTheMarginToTheRunnerUp() => Reason(Overfitted, 0, "place").ShouldContain("0.2443 ahead of checkpoint-20");

    [Fact]
    public void For_Other_NamesWhatItIsBehind() => Reason(Overfitted, 1, "place").ShouldContain("2 of 2");

    [Fact]
    public void For_BestAboveTheLowestLoss_SaysBySoMuch() => Reason(Overfitted, 0, "eval-loss").ShouldContain("5.3 % above the lowest, 0.95 at checkpoint-20");

    [Fact]
    public void For_Overfitted_NamesThePenalty() => Reason(Overfitted, 1, "overfitting").ShouldContain("0.27");

    [Fact]
    public void For_Best_SaysHowFirmTheChoiceIs() => Reason(Overfitted, 0, "robustness").ShouldContain("4096 draws");

    [Fact]
    public void For_NaN_SaysThatItCanNeverBeRecommended() =>
        Reason(Ranker.Rank(new HistoryOf().Evals((10, 1), (20, double.NaN)).Saved(10, 20)), 1, "unscored").ShouldContain("step 20");

    [Fact]
    public void For_HighLoss_SaysThatPerplexityTellsNothingApart() =>
        Reason(Ranker.Rank(new HistoryOf().Eval(10, 4).Saved(10)), 0, "perplexity").ShouldContain("full");

    [Fact]
    public void For_PlateauBest_SaysWhatAPlateauIs() =>
        Reason(Ranker.Rank(new HistoryOf().Evals((10, 3), (20, 1), (30, 1.1)).Saved(10, 20, 30), new PlateauStrategy()), 0, "place").ShouldContain("10 %");

    [Fact]
    public void For_TheOnlyOne_SaysSo() => Reason(Ranker.Rank(new HistoryOf().Eval(10, 1).Saved(10)), 0, "place").ShouldContain("only checkpoint");

    [Fact]
    public void ForAll_OfAnyRun_SaysOfEachWhatIsSaidOfItAlone() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            foreach (var strategy in AnyStrategy.All)
            {
                var ranking = Ranker.Rank(run.Run, strategy);
                RankingReasons.ForAll(ranking, RankAcceptability.Of(ranking)).ShouldBe(ranking.Checkpoints.Select(ranked => RankingReasons.For(ranking, ranked)));
            }
        },
        AnyRun.Smaller,
        count: 100);

    [Fact]
    public void RunnerUp_OfAnyRun_IsTheBestOnceTheBestIsGoneAmongThoseThatAreJudgedAlike() => Law.Holds(
        AnyRun.Any,
        run =>
        {
            // A plateau is as wide as what is there: without one it is another.
            foreach (var strategy in AnyStrategy.All.Where(strategy => strategy is not PlateauStrategy))
            {
                var ranking = Ranker.Rank(run.Run, strategy);
                if (ranking.RunnerUp is not { } second) continue;
                Ranker.Rank(run.Run with { Checkpoints = [.. run.Checkpoints.Where(checkpoint => checkpoint != ranking.Best!.Checkpoint)] }, strategy).Best!.Checkpoint.ShouldBe(second.Checkpoint);
            }
        },
        AnyRun.Smaller,
        count: 500);
}
