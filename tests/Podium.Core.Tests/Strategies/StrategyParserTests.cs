using Podium.Metrics;
using Podium.Strategies;

namespace Podium.Core.Tests.Strategies;

public sealed class StrategyParserTests
{
    public static TheoryData<string, string> Good => new()
    {
        { "multi-metric", "multi-metric" },
        { "Multi-Metric", "multi-metric" },
        { " eval-loss ", "eval-loss" },
        { "trainer", "trainer" },
        { "plateau", "plateau:10%" },
        { "plateau:5%", "plateau:5%" },
        { "plateau:12.5%", "plateau:12.5%" },
        { "plateau:0.25", "plateau:25%" },
        { "PLATEAU:0%", "plateau:0%" },
        { "plateau:100%", "plateau:100%" },
        { "metric:eval_wer", "metric:eval_wer" },
        { "metric:eval_wer:min", "metric:eval_wer:min" },
        { "metric:eval_Zeal:MAX", "metric:eval_Zeal:max" },
        { "metric:eval_rewards/accuracies", "metric:eval_rewards/accuracies" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public void TryParse_Strategy_IsRead(string text, string name)
    {
        StrategyParser.TryParse(text, out var strategy, out var error).ShouldBeTrue(error);

        strategy!.Name.ShouldBe(name);
        error.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void TryParse_ItsOwnName_GivesTheSame(string text, string name)
    {
        StrategyParser.TryParse(text, out var strategy, out _).ShouldBeTrue();
        StrategyParser.TryParse(name, out var again, out _).ShouldBeTrue();

        again.ShouldBe(strategy);
    }

    [Theory]
    [InlineData("", "The strategies are")]
    [InlineData("best", "'best'")]
    [InlineData("multi-metric:1", "The strategies are")]
    [InlineData("eval-loss:min", "The strategies are")]
    [InlineData("trainer:x", "The strategies are")]
    [InlineData("plateau:", "plateau:10%")]
    [InlineData("plateau:101%", "101%")]
    [InlineData("plateau:10", "'10'")]
    [InlineData("plateau:-1%", "-1%")]
    [InlineData("plateau:NaN", "NaN")]
    [InlineData("plateau:wide", "wide")]
    [InlineData("metric", "needs a name")]
    [InlineData("metric:", "needs a name")]
    [InlineData("metric::max", "needs a name")]
    [InlineData("metric:eval_wer:up", "metric:eval_wer:min")]
    [InlineData("metric:eval_wer:", "metric:eval_wer:max")]
    public void TryParse_NoStrategy_SaysWhatWouldBe(string text, string hint)
    {
        StrategyParser.TryParse(text, out var strategy, out var error).ShouldBeFalse();

        strategy.ShouldBeNull();
        error.ShouldContain(hint);
    }

    [Fact]
    public void TryParse_MultiMetric_CountsAsAskedFor()
    {
        StrategyParser.TryParse("multi-metric", out var strategy, out _).ShouldBeTrue();

        strategy.ShouldBeOfType<MultiMetricStrategy>().AskedFor.ShouldBeTrue();
        new MultiMetricStrategy().AskedFor.ShouldBeFalse();
    }

    [Fact]
    public void TryParse_MetricWithDirection_KeepsIt()
    {
        StrategyParser.TryParse("metric:wer:max", out var strategy, out _).ShouldBeTrue();

        strategy.ShouldBe(new MetricStrategy("wer", MetricDirection.Maximize));
    }
}
