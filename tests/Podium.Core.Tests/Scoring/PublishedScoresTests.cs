using System.Text.Json;
using Podium.Core.Tests.Material;
using Podium.Histories;
using Podium.Ranking;
using Podium.Scoring;

namespace Podium.Core.Tests.Scoring;

public sealed class PublishedScoresTests
{
    [Theory]
    [InlineData("A", 0.50, 0.45, 0, "0.188")]
    [InlineData("B", 0.40, 0.10, 1, "0.432")]
    [InlineData("C", 0.60, 0.55, 0, "0.234")]
    [InlineData("D", 0.60, 0.55, 1, "0.334")]
    [InlineData("epoch-1", 2.50, 2.20, 0, "1.247")]
    [InlineData("epoch-2", 1.20, 1.10, 0, "0.542")]
    [InlineData("epoch-3", 0.80, 0.75, 0, "0.330")]
    [InlineData("epoch-4", 0.75, 0.30, 0, "0.466")]
    [InlineData("epoch-5", 0.90, 0.10, 1, "0.729")]
    public void Score_Published_ToThreeDecimals(string id, double evalLoss, double trainLoss, int epochsWithoutImprovement, string expected) =>
        Rounded(MultiMetricScorer.Default.Score(evalLoss, trainLoss, epochsWithoutImprovement).Total).ShouldBe(expected, id);

    [Fact]
    public void Score_GoldenFile_ToThreeDecimals()
    {
        using var golden = Golden();
        var cases = golden.RootElement.GetProperty("cases").EnumerateArray().ToArray();

        cases.Length.ShouldBe(9);
        foreach (var published in cases)
            Rounded(Score(published)).ShouldBe(Rounded(published.GetProperty("score").GetDouble()), published.GetProperty("id").GetString());
    }

    [Fact]
    public void Score_GoldenFile_OrdersAsPublished()
    {
        using var golden = Golden();
        var scores = golden.RootElement.GetProperty("cases").EnumerateArray().ToDictionary(published => published.GetProperty("id").GetString()!, Score);
        var rankings = golden.RootElement.GetProperty("expected_rankings").EnumerateArray().Select(ids => ids.EnumerateArray().Select(id => id.GetString()!).ToArray()).ToArray();

        rankings.Length.ShouldBe(3);
        foreach (var ranking in rankings) ranking.OrderBy(id => scores[id]).ShouldBe(ranking);
    }

    [Fact]
    public void Rank_PublishedRunOfFiveEpochs_RanksAsPublished()
    {
        var run = new HistoryOf()
            .Loss(1, 2.20).Eval(1, 2.50)
            .Loss(2, 1.10).Eval(2, 1.20)
            .Loss(3, 0.75).Eval(3, 0.80)
            .Loss(4, 0.30).Eval(4, 0.75)
            .Loss(5, 0.10).Eval(5, 0.90)
            .Saved(1, 2, 3, 4, 5);

        var ranking = Ranker.Rank(run);

        ranking.Order().ShouldBe([3, 4, 2, 5, 1]);
        ranking.Checkpoints.Select(ranked => Rounded(ranked.Score)).ShouldBe(["0.330", "0.466", "0.542", "0.729", "1.247"]);
    }

    [Fact]
    public void Rank_PublishedPairs_RankAsPublished()
    {
        // B's loss is lower, but far above its training loss; D is C once more, without improvement.
        Ranker.Rank(new HistoryOf().Loss(1, 0.45).Eval(1, 0.5).Saved(1)).Best!.Score
            .ShouldBeLessThan(Ranker.Rank(new HistoryOf().Loss(1, 0.1).Evals((1, 0.3), (2, 0.4)).Saved(2)).Best!.Score);

        var improvement = Ranker.Rank(new HistoryOf().Loss(1, 0.55).Evals((1, 0.6), (2, 0.6)).Saved(2, 1));
        improvement.Order().ShouldBe([1, 2]);
        improvement.Checkpoints.Select(ranked => Rounded(ranked.Score)).ShouldBe(["0.234", "0.334"]);
    }

    private static double Score(JsonElement published) => MultiMetricScorer.Default.Score(
        published.GetProperty(MetricKeys.EvalLoss).GetDouble(),
        published.GetProperty("train_loss").GetDouble(),
        published.GetProperty("epochs_without_improvement").GetInt32()).Total;

    private static string Rounded(double score) => score.ToString("0.000");

    private static JsonDocument Golden() => JsonDocument.Parse(File.ReadAllText(SharedMaterial.Require("golden/published-scores.json")));
}
