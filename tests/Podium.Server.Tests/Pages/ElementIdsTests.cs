using Podium.Server.Pages;

namespace Podium.Server.Tests.Pages;

/// <summary>Ids are told apart as their names are, whatever these hold.</summary>
public sealed class ElementIdsTests
{
    // Those that stand for others in an id are among them.
    private const string Letters = "ab_-.0f5é<>\" ";

    [Theory]
    [InlineData(new[] { "gpt2" }, "chart-gpt2")]
    [InlineData(new[] { "eval_loss", "a.b" }, "chart-eval_5f_loss-a_2e_b")]
    [InlineData(new[] { "" }, "chart-")]
    [InlineData(new string[0], "chart")]
    public void Of_Names_IsPlain(string[] names, string id) => ElementIds.Of("chart", names).ShouldBe(id);

    [Fact]
    public void Of_DifferentNames_AreNeverEqual()
    {
        var random = new Random(11);
        var names = Enumerable.Range(0, 20_000).Select(_ => AnyNames(random)).DistinctBy(one => string.Join('\0', one.Append(""))).ToArray();

        var ids = names.Select(one => ElementIds.Of("x", one)).ToArray();

        names.Length.ShouldBeGreaterThan(5000);
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Length);
        ids.ShouldAllBe(id => id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == '_'));
    }

    private static string[] AnyNames(Random random) =>
        [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => Letters[random.Next(Letters.Length)])))];
}
