using Podium.Core.Tests.Material;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class PlateauTests
{
    // The whole improvement is 3 − 1 = 2, ten percent of it 0.2.
    private static HistoryOf Flat => new HistoryOf().Evals((10, 3), (20, 1.5), (30, 1), (40, 1.125), (50, 1.1875), (60, 1.25));

    [Fact]
    public void Rank_TenPercent_TakesTheLatestWithin() =>
        Ranker.Rank(Flat.Saved(10, 20, 30, 40, 50, 60), new PlateauStrategy()).BestStep().ShouldBe(50);

    [Fact]
    public void Rank_Order_IsLatestFirstThenByLoss() =>
        Ranker.Rank(Flat.Saved(10, 20, 30, 40, 50, 60), new PlateauStrategy()).Order().ShouldBe([50, 40, 30, 60, 20, 10]);

    [Theory]
    [InlineData(0, 30)]
    // Up to 1.125 and no further: at most means at most.
    [InlineData(0.0625, 40)]
    [InlineData(0.125, 60)]
    [InlineData(1, 60)]
    public void Rank_OtherShares_ReachFurther(double share, long expected) =>
        Ranker.Rank(Flat.Saved(10, 20, 30, 40, 50, 60), new PlateauStrategy(share)).BestStep().ShouldBe(expected);

    [Fact]
    public void Rank_FirstAndLowest_AreThoseOfTheCheckpoints() =>
        // Of 20, 30 and 60: 1 + 0.25 · (1.5 − 1) = 1.125 leaves 60 out, though over all evaluations it would be in.
        Ranker.Rank(Flat.Saved(20, 30, 60), new PlateauStrategy(0.25)).BestStep().ShouldBe(30);

    [Fact]
    public void Rank_NearMatched_NeitherSetsTheToleranceNorWins() =>
        Ranker.Rank(Flat.Saved(20, 30, 62), new PlateauStrategy(1)).BestStep().ShouldBe(30);

    [Fact]
    public void Rank_FirstIsTheLowest_TakesOnlyEqualOnes() =>
        Ranker.Rank(new HistoryOf().Evals((10, 1), (20, 2), (30, 1)).Saved(10, 20, 30), new PlateauStrategy()).BestStep().ShouldBe(30);

    [Fact]
    public void Rank_Score_IsTheEvalLoss()
    {
        var best = Ranker.Rank(Flat.Saved(10, 30, 50), new PlateauStrategy()).Best!;

        best.Score.ShouldBe(1.1875);
        best.Parts.ShouldHaveSingleItem().ShouldBe(new ScorePart("eval_loss", 1.1875));
    }

    [Fact]
    public void Rank_NaNFirst_IsPassedOver() =>
        Ranker.Rank(new HistoryOf().Evals((10, double.NaN), (20, 3), (30, 1), (40, 1.125)).Saved(10, 20, 30, 40), new PlateauStrategy()).Order()
            .ShouldBe([40, 30, 20, 10]);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void New_ShareThatIsNone_IsRefused(double share) => Should.Throw<ArgumentOutOfRangeException>(() => new PlateauStrategy(share));

    [Theory]
    [InlineData(0.1, "plateau:10%")]
    [InlineData(0.125, "plateau:12.5%")]
    [InlineData(0, "plateau:0%")]
    public void Name_HasTheShare(double share, string expected) => new PlateauStrategy(share).Name.ShouldBe(expected);
}
