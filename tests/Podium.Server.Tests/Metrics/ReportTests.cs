using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Metrics;

public sealed class ReportTests
{
    private const string Path = "/api/training/local/metrics";

    [Fact]
    public async Task Report_TrainLoss_IsKeptAsLossAndTheClosingOneAsTheMean()
    {
        await using var server = await StartWithJobAsync();
        var answer = await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 10, "epoch": 0.5, "train_loss": 2.5}, {"step": 20, "eval_loss": 2.0, "timestamp": "2026-01-02T03:04:05Z"}, {"step": 20, "train_loss": 2.2, "train_runtime": 5}]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        told.GetProperty("success").GetBoolean().ShouldBeTrue();
        told.GetProperty("count").GetInt32().ShouldBe(3);
        var series = (await server.GetAsync("/api/training/local/a/metrics")).GetProperty("series");
        series.GetProperty("loss").GetProperty("values")[0].GetDouble().ShouldBe(2.5);
        series.GetProperty("train_loss_mean").GetProperty("values")[0].GetDouble().ShouldBe(2.2);
        series.TryGetProperty("train_loss", out _).ShouldBeFalse();
        series.TryGetProperty("timestamp", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Report_NumbersThatAreNone_AreKeptAsSuchInEveryWayOfWritingThem()
    {
        await using var server = await StartWithJobAsync();
        var answer = await server.PostTextAsync(Path, """{"job_id": "a", "metrics": [{"step": 1, "loss": "NaN"}, {"step": 2, "loss": NaN}, {"step": 3, "loss": null}, {"step": 4, "loss": -Infinity, "note_NaN": 1}, {"step": 5, "loss": "Infinity"}, {"step": 6, "loss": 1.5}]}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var loss = (await server.GetAsync("/api/training/local/a/metrics?keys=loss")).GetProperty("series").GetProperty("loss");
        loss.GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()).ShouldBe([1, 2, 3, 4, 5, 6]);
        loss.GetProperty("values").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble()).ShouldBe([null, null, null, null, null, 1.5]);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[1]", "must be an object")]
    [InlineData("""{"metrics": []}""", "job_id is missing")]
    [InlineData("""{"job_id": 1, "metrics": []}""", "job_id must be a text")]
    [InlineData("""{"job_id": "a"}""", "metrics is missing")]
    [InlineData("""{"job_id": "a", "metrics": {}}""", "metrics must be an array")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1}, 3]}""", "metrics[1] must be an object")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1}, {"loss": 1}]}""", "metrics[1].step is missing")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": "x"}]}""", "metrics[0].step must be a whole number")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1.5}]}""", "metrics[0].step must be a whole number")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": -1}]}""", "metrics[0].step must not be negative")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "loss": "low"}]}""", "metrics[0].loss must be a number")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "loss": {}}]}""", "metrics[0].loss must be a number")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "timestamp": "noon"}]}""", "metrics[0].timestamp must be a time")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "": 2}]}""", "is no name for a metric")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "loss": 1}]""", "no JSON")]
    [InlineData("""{"job_id": "a", "metrics": [{"step": 1, "loss": 1}]} x""", "no JSON")]
    public async Task Report_WrongBody_NamesTheFieldAndKeepsNothing(string body, string expected)
    {
        await using var server = await StartWithJobAsync();
        var answer = await server.PostTextAsync(Path, body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString()!.ShouldContain(expected);
        (await server.GetAsync("/api/training/local/a/metrics")).GetProperty("series").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_MoreThanTheLimits_IsRefused()
    {
        await using var server = await RunningServer.StartAsync(options => options with { Limits = options.Limits with { BatchEntries = 2, SeriesPerJob = 3, NameLength = 20 } });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });

        (await server.PostTextAsync(Path, """{"job_id":"a","metrics":[{"step":1},{"step":2},{"step":3}]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.PostTextAsync(Path, """{"job_id":"a","metrics":[{"step":1,"a_name_that_is_too_long":1}]}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.PostTextAsync(Path, """{"job_id":"a","metrics":[{"step":1,"a":1,"b":2,"c":3}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await server.PostTextAsync(Path, """{"job_id":"a","metrics":[{"step":1,"d":1}]}""");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("'d'");
    }

    [Fact]
    public async Task Report_UnknownJob_IsNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.PostAsync(Path, new { job_id = "nobody", metrics = new[] { new { step = 1, loss = 1.0 } } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Stream_LinesOfSeveralJobs_AreKept()
    {
        await using var server = await StartWithJobAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "b" });
        var answer = await server.PostTextAsync(
            $"{Path}?job_id=a",
            "{\"step\": 1, \"loss\": 3}\n\n{\"job_id\": \"b\", \"step\": 1, \"loss\": NaN}\r\n{\"step\": 2, \"train_loss\": 2}",
            "application/x-ndjson");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("count").GetInt32().ShouldBe(3);
        (await server.GetAsync("/api/training/local/a/metrics")).GetProperty("series").GetProperty("loss").GetProperty("steps").GetArrayLength().ShouldBe(2);
        (await server.GetAsync("/api/training/local/b/metrics")).GetProperty("series").GetProperty("loss").GetProperty("steps").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Stream_WrongLine_IsNamedAndThoseBeforeItAreKept()
    {
        await using var server = await StartWithJobAsync();
        var answer = await server.PostTextAsync(Path, "{\"job_id\": \"a\", \"step\": 1, \"loss\": 3}\n{\"job_id\": \"a\", \"step\": \"x\"}\n", "application/x-ndjson");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString()!.ShouldStartWith("Line 2: step must be a whole number.");
        (await server.GetAsync("/api/training/local/a/status")).GetProperty("loss").GetDouble().ShouldBe(3);
    }

    [Fact]
    public async Task Series_OfAJob_AreThinnedOutAndKnownByTheirTag()
    {
        await using var server = await StartWithJobAsync();
        var entries = Enumerable.Range(1, 5000).Select(step => new { step, loss = step == 3333 ? 99 : 1.0 / step });
        (await server.PostAsync(Path, new { job_id = "a", metrics = entries })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var thinned = (await server.GetAsync("/api/training/local/a/metrics?keys=loss,none&max_points=100&from=10")).GetProperty("series");
        thinned.TryGetProperty("none", out _).ShouldBeFalse();
        var loss = thinned.GetProperty("loss");
        loss.GetProperty("count").GetInt64().ShouldBe(4991);
        loss.GetProperty("steps").GetArrayLength().ShouldBeLessThanOrEqualTo(100);
        loss.GetProperty("values").EnumerateArray().Max(value => value.GetDouble()).ShouldBe(99);
        loss.GetProperty("steps")[0].GetInt64().ShouldBe(10);

        var whole = await server.Client.GetAsync("/api/training/local/a/metrics", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/training/local/a/metrics");
        again.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        (await server.Client.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await server.PostAsync(Path, new { job_id = "a", metrics = new[] { new { step = 6000, loss = 1.0 } } });
        using var once = new HttpRequestMessage(HttpMethod.Get, "/api/training/local/a/metrics");
        once.Headers.IfNoneMatch.Add(whole.Headers.ETag!);
        (await server.Client.SendAsync(once, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Client.GetAsync("/api/training/local/a/metrics?max_points=x", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<RunningServer> StartWithJobAsync()
    {
        var server = await RunningServer.StartAsync();
        (await server.PostAsync("/api/training/local/jobs", new { job_id = "a" })).EnsureSuccessStatusCode();
        return server;
    }
}
