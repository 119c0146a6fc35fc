using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Podium.Server.Pages.Checkpoints;

namespace Podium.Server.Tests.Pages.Checkpoints;

/// <summary>The address of the page of checkpoints says all that was chosen.</summary>
public sealed class CheckpointsQueryTests
{
    [Fact]
    public void Fields_OfWhatWasRead_AreReadTheSame()
    {
        var query = new CheckpointsQuery { Strategy = "metric:a&b:max", Weights = "1,0,0,0", Checkpoint = "check point/é", With = "'\"<b>", Sort = "-step", Page = 3 };

        Read(QueryString.Create(query.Fields().Select(field => KeyValuePair.Create(field.Name, (string?)field.Value))).Value!).ShouldBe(query);
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=-1")]
    [InlineData("?page=%2B3")]
    [InlineData("?page=99999999999")]
    [InlineData("?page=two&strategy=&checkpoint=")]
    [InlineData("")]
    public void Of_NonsenseOrNothing_IsThePageAsItIs(string text) => Read(text).ShouldBe(new CheckpointsQuery());

    [Fact]
    public void Of_WeightsOneByOne_AreThoseThatPeopleWrite() =>
        Read("?weights=0.5&weights=0.3&weights=0.1&weights=0.1").Weights.ShouldBe("0.5,0.3,0.1,0.1");

    private static CheckpointsQuery Read(string text) => CheckpointsQuery.Of(new QueryCollection(QueryHelpers.ParseQuery(text)));
}
