using Podium.Server.Pages.Words;

namespace Podium.Server.Tests.Pages.Words;

/// <summary>How numbers look to people.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(1.36214, "1.3621")]
    [InlineData(-0.5, "−0.5000")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(1e300, "1e300")]
    public void Loss_Number_HasFourDigitsBehindThePoint(double? value, string text) => Figures.Loss(value).ShouldBe(text);

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.00002, "2e−5")]
    [InlineData(0.25, "0.25")]
    [InlineData(5200.0, "5200")]
    [InlineData(123456.0, "1.235e5")]
    public void Metric_Number_HasAsManyDigitsAsCount(double value, string text) => Figures.Metric(value).ShouldBe(text);

    [Theory]
    [InlineData(0.0272, "2.7 %")]
    [InlineData(0.0994, "9.9 %")]
    [InlineData(0.0995, "10 %")]
    [InlineData(1.0, "100 %")]
    public void Share_OfOne_IsPercent(double share, string text) => Figures.Share(share).ShouldBe(text);

    [Theory]
    [InlineData(0L, "0 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1 KB")]
    [InlineData(999_499L, "999.5 KB")]
    [InlineData(999_500L, "1 MB")]
    [InlineData(548_105_171L, "548.1 MB")]
    public void Bytes_Size_HasItsUnit(long bytes, string text) => Figures.Bytes(bytes).ShouldBe(text);

    [Theory]
    [InlineData(-3.0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 0 s")]
    [InlineData(3599.9, "1 h 0 min")]
    [InlineData(86_400.0, "1 d 0 h")]
    [InlineData(1e300, "–")]
    [InlineData(double.NaN, "–")]
    public void Duration_Seconds_AreTheTwoLargestUnits(double seconds, string text) => Figures.Duration(seconds).ShouldBe(text);

    [Theory]
    [InlineData(-60, "just now")]
    [InlineData(9, "just now")]
    [InlineData(119, "a minute ago")]
    [InlineData(120, "2 minutes ago")]
    [InlineData(7200, "2 hours ago")]
    [InlineData(172_800, "2 days ago")]
    public void Ago_Past_IsItsLargestUnit(int seconds, string text)
    {
        var now = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

        Figures.Ago(now.UtcDateTime.AddSeconds(-seconds), now).ShouldBe(text);
    }

    [Theory]
    [InlineData(0, "0 jobs")]
    [InlineData(1, "1 job")]
    [InlineData(1_200_000, "1,200,000 jobs")]
    public void Count_OfANoun_IsOneOrMany(long count, string text) => Figures.Count(count, "job").ShouldBe(text);
}
