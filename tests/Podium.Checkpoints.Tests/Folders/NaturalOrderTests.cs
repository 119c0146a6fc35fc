using Podium.Checkpoints.Folders;

namespace Podium.Checkpoints.Tests.Folders;

public sealed class NaturalOrderTests
{
    [Fact]
    public void Compare_Numbers_AreOrderedByTheirValue()
    {
        string[] paths = ["run-10", "run-9", "run-1", "run-100", "run-2", "run-2b", "run", "a/run-10", "a/run-9", "lr1e-5", "lr1e-10", "run-007", "run-7"];
        Array.Sort(paths, NaturalOrder.Instance);

        var at = paths.ToList();
        foreach (var (before, after) in (ReadOnlySpan<(string, string)>)[("run-1", "run-2"), ("run-2", "run-9"), ("run-9", "run-10"), ("run-10", "run-100"), ("a/run-9", "a/run-10"), ("lr1e-5", "lr1e-10"), ("run", "run-1"), ("run-2", "run-2b"), ("run-2b", "run-9")])
            at.IndexOf(before).ShouldBeLessThan(at.IndexOf(after), $"{before} {after}");
    }

    [Theory]
    [InlineData("run-7", "run-007")]
    [InlineData("run-1", "run-1")]
    [InlineData("a", "A")]
    [InlineData("run-99999999999999999999999998", "run-99999999999999999999999999")]
    [InlineData(null, "a")]
    public void Compare_AnyTwo_IsAnOrder(string? x, string? y)
    {
        var order = NaturalOrder.Instance.Compare(x, y);

        Math.Sign(NaturalOrder.Instance.Compare(y, x)).ShouldBe(-Math.Sign(order));
        (order == 0).ShouldBe(x == y);
        NaturalOrder.Instance.Compare(x, x).ShouldBe(0);
    }

    [Fact]
    public void Compare_NumbersTooLargeForALong_AreOrderedToo() =>
        NaturalOrder.Instance.Compare("run-99999999999999999999999998", "run-199999999999999999999999999").ShouldBeLessThan(0);
}
