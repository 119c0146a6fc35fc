using Podium.Analysis;
using Podium.Core.Tests.Material;

namespace Podium.Core.Tests.Analysis;

public sealed class EpochAxisTests
{
    [Fact]
    public void Of_ARun_HasEachStepOnceTheLaterValueAndNothingThatIsNotFinite() =>
        EpochAxis.Of(
            new HistoryOf().Entry(20, ("epoch", 2)).Entry(10, ("epoch", 1)).Entry(20, ("epoch", 2.5)).Entry(30, ("epoch", double.NaN)).Entry(double.NaN, ("epoch", 9)).Loss(40, 1).Build(), 10)
            .ShouldBe([(10, 1), (20, 2.5)]);

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(200)]
    public void Of_MoreThanAllowed_KeepsTheEndsAndSpreadsTheRest(int most)
    {
        var history = new HistoryOf();
        for (var step = 1; step <= 1000; step++) history.Entry(step, ("epoch", step / 100.0));

        var pairs = EpochAxis.Of(history.Build(), most);

        pairs.Count.ShouldBe(most);
        pairs[0].ShouldBe((1, 0.01));
        pairs[^1].ShouldBe((1000, 10));
        for (var i = 1; i < most; i++) (pairs[i].Step - pairs[i - 1].Step).ShouldBeInRange(999 / (most - 1), 999 / (most - 1) + 1);
    }

    [Fact]
    public void Of_ARunWithoutEpochs_IsEmpty() => EpochAxis.Of(new HistoryOf().Loss(1, 1).Build(), 2).ShouldBeEmpty();
}
