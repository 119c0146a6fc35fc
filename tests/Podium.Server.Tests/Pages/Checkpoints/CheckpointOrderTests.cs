using Podium.Server.Pages.Checkpoints;

namespace Podium.Server.Tests.Pages.Checkpoints;

/// <summary>The order of the table of checkpoints.</summary>
public sealed class CheckpointOrderTests
{
    private static readonly Podium.Server.Listing.ListedCheckpoint[] Listed =
    [
        ListedCheckpoints.At(10, rank: 3, evalLoss: 2.0, run: 2),
        ListedCheckpoints.At(20, rank: 1, evalLoss: 1.0, run: 2),
        ListedCheckpoints.At(30, rank: 2, evalLoss: null, run: 2),
        ListedCheckpoints.At(15, rank: 1, evalLoss: 0.5, run: 1),
    ];

    [Theory]
    [InlineData(null, new long[] { 20, 30, 10, 15 })]
    [InlineData("rank", new long[] { 20, 30, 10, 15 })]
    [InlineData("step", new long[] { 10, 15, 20, 30 })]
    [InlineData("-step", new long[] { 30, 20, 15, 10 })]
    [InlineData("eval_loss", new long[] { 15, 20, 10, 30 })]
    [InlineData("-eval_loss", new long[] { 10, 20, 15, 30 })]
    public void Sort_ByAColumn_PutsWhatIsNotKnownLast(string? sort, long[] steps) =>
        CheckpointOrder.Of(sort).Sort(Listed).Select(checkpoint => checkpoint.Step).ShouldBe(steps);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("STEP")]
    public void Of_Nonsense_IsTheRanking(string sort) => CheckpointOrder.Of(sort).ShouldBe(CheckpointOrder.Of(null));

    [Theory]
    [InlineData("step")]
    [InlineData("rank")]
    [InlineData("size")]
    public void After_ClicksOnAHead_GoFromUpToDownAndBack(string column)
    {
        var up = CheckpointOrder.Of(CheckpointOrder.Of("epoch").After(column));
        var down = CheckpointOrder.Of(up.After(column));

        up.SortOf(column).ShouldBe("ascending");
        down.SortOf(column).ShouldBe("descending");
        CheckpointOrder.Of(down.After(column)).ShouldBe(up);
        down.SortOf("epoch").ShouldBeNull();
    }
}
