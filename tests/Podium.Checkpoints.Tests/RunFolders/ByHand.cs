using Podium.Checkpoints.RunFolders;
using Podium.Ranking;
using Podium.Strategies;

namespace Podium.Checkpoints.Tests.RunFolders;

/// <summary>Reads a folder of ../shared for expectations that were typed by hand.</summary>
internal static class ByHand
{
    // The numbers were worked out with Python from the files alone; it adds up in another order than we do.
    public const double Rounding = 1e-12;

    public static FolderRanking Rank(string folder, Strategy? strategy = null, string? evalLossKey = null)
    {
        var read = RunFolderReader.Read(SharedMaterial.Require(folder));
        read.Unreadable.ShouldBeEmpty();
        return FolderRanking.Of(read, strategy, evalLossKey);
    }

    public static RunRanking RankOne(string folder, Strategy? strategy = null, string? evalLossKey = null) => Rank(folder, strategy, evalLossKey).Runs.ShouldHaveSingleItem();

    /// <summary>The one run of several that holds a checkpoint which no other holds.</summary>
    public static RunRanking With(this FolderRanking folder, string checkpoint) =>
        folder.Runs.Single(run => run.Checkpoints.Any(ranked => ranked.Checkpoint.Path == checkpoint));

    public static string[] Order(this RunRanking ranking) => [.. ranking.Checkpoints.Select(ranked => ranked.Checkpoint.Path.Replace("checkpoint-", "", StringComparison.Ordinal))];

    public static string[] Codes(this RunRanking ranking) => [.. ranking.Warnings.Select(warning => warning.Code)];

    public static void ShouldBeBest(this RunRanking ranking, string path, double evalLoss, double? trainLoss, double score)
    {
        var best = ranking.Best.ShouldNotBeNull();
        best.Checkpoint.Path.ShouldBe(path);
        best.Scored!.Value.Value.ShouldBe(evalLoss);
        best.Scored.Value.TrainLoss.HasValue.ShouldBe(trainLoss.HasValue);
        if (trainLoss is { } loss) best.Scored.Value.TrainLoss!.Value.ShouldBe(loss, Rounding);
        best.Score.ShouldBe(score, Rounding);
    }
}
