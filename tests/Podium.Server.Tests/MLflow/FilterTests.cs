using Podium.Server.MLflow.Calls;
using Podium.Server.MLflow.Search;

namespace Podium.Server.Tests.MLflow;

public sealed class FilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metrics.loss < 1", true)]
    [InlineData("metrics.loss > 1", false)]
    [InlineData("metrics.loss = 0.5", true)]
    [InlineData("metrics.`eval loss` >= 2 AND metrics.\"eval loss\" <= 2", true)]
    [InlineData("metrics.eval/loss != 3", true)]
    [InlineData("metric.missing != 3", false)]
    [InlineData("metrics.nan < 1", false)]
    [InlineData("params.lr = '0.0003' and tags.x = 'y'", true)]
    [InlineData("params.lr = \"0.0003\"", true)]
    [InlineData("params.lr != '1'", true)]
    [InlineData("params.missing != '1'", false)]
    [InlineData("params.missing IS NULL and params.lr is not null", true)]
    [InlineData("tags.mlflow.runName LIKE 'run-%'", true)]
    [InlineData("tags.mlflow.runName LIKE 'RUN-%'", false)]
    [InlineData("tags.mlflow.runName ILIKE 'RUN-_'", true)]
    [InlineData("attributes.status = 'RUNNING'", true)]
    [InlineData("status != 'RUNNING'", false)]
    [InlineData("run_id IN ('a', 'b')", true)]
    [InlineData("attributes.run_id NOT IN ('a')", false)]
    [InlineData("attributes.start_time >= 5 and start_time < 1e3", true)]
    [InlineData("attributes.end_time > 0", false)]
    public void Matches_WhatClientsSend_IsAsInTheOriginal(string filter, bool expected) => Filter.Parse(filter, SearchFields.OfRuns).Matches(ValueOf).ShouldBe(expected);

    [Theory]
    [InlineData("foo bar")]
    [InlineData("metrics.loss <")]
    [InlineData("metrics.loss < 1 or metrics.loss > 2")]
    [InlineData("metrics.loss < 1 and")]
    [InlineData("metrics.loss < '1'")]
    [InlineData("metrics.loss LIKE '1'")]
    [InlineData("params.lr = 1")]
    [InlineData("params.lr > '1'")]
    [InlineData("params.lr = 'open")]
    [InlineData("attributes.color = 'red'")]
    [InlineData("colors.x = 'red'")]
    [InlineData("run_id IN ()")]
    [InlineData("run_id IN ('a'")]
    [InlineData("metrics. < 1")]
    [InlineData("!")]
    [InlineData("; DROP TABLE runs")]
    public void Parse_WhatIsNoFilter_IsRefused(string filter) => Should.Throw<MLflowException>(() => Filter.Parse(filter, SearchFields.OfRuns)).Status.ShouldBe(400);

    [Theory]
    [InlineData("%", "", true)]
    [InlineData("a%c", "abbbc", true)]
    [InlineData("a%c", "abbbd", false)]
    [InlineData("%b%b%", "abab", true)]
    [InlineData("_", "", false)]
    [InlineData("a_c", "abc", true)]
    public void Like_PercentAndUnderscore_StandForTextAndCharacter(string pattern, string text, bool expected) => LikePattern.Fits(pattern, text, ignoreCase: false).ShouldBe(expected);

    [Fact]
    public void Sort_MissingAndNaN_ComeLastBothWays()
    {
        (string Name, double? Loss)[] runs = [("missing", null), ("nan", double.NaN), ("low", 1), ("high", 2)];
        static object? ValueOf((string Name, double? Loss) run, SearchField field) => field.Kind == SearchKind.Metric ? run.Loss : run.Name;

        SortOrder.Parse(["metrics.loss DESC"], SearchFields.OfRuns).Sort(runs, ValueOf).Select(run => run.Name).ShouldBe(["high", "low", "nan", "missing"]);
        SortOrder.Parse(["metrics.loss"], SearchFields.OfRuns).Sort(runs, ValueOf).Select(run => run.Name).ShouldBe(["low", "high", "nan", "missing"]);
        SortOrder.Parse(["attributes.run_name ASC"], SearchFields.OfRuns).Sort(runs, ValueOf).Select(run => run.Name).ShouldBe(["high", "low", "missing", "nan"]);
        Should.Throw<MLflowException>(() => SortOrder.Parse(["metrics.loss sideways"], SearchFields.OfRuns));
    }

    private static object? ValueOf(SearchField field) => field switch
    {
        { Kind: SearchKind.Metric, Key: "loss" } => 0.5,
        { Kind: SearchKind.Metric, Key: "eval loss" or "eval/loss" } => 2.0,
        { Kind: SearchKind.Metric, Key: "nan" } => double.NaN,
        { Kind: SearchKind.Param, Key: "lr" } => "0.0003",
        { Kind: SearchKind.Tag, Key: "x" } => "y",
        { Kind: SearchKind.Tag, Key: "mlflow.runName" } => "run-1",
        { Key: "status" } => "RUNNING",
        { Key: "run_id" } => "a",
        { Key: "start_time" } => 5.0,
        _ => null,
    };
}
