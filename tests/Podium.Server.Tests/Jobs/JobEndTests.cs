using System.Net;
using System.Text;
using Podium.Server.Tests.Material;
using Podium.Storage.Events;

namespace Podium.Server.Tests.Jobs;

/// <summary>A trainer says how its training has ended.</summary>
public sealed class JobEndTests
{
    private const string Status = "/api/training/local/job/status";

    [Fact]
    public async Task End_ByTheJobsOwnToken_IsKeptWithTheErrorAndAnEvent()
    {
        await using var server = await RunningServer.StartAsync();
        var trainer = await server.ClientOfJobAsync("job");
        await server.PostTextAsync("/api/training/local/metrics", """{"job_id": "job", "metrics": [{"step": 1, "loss": 2}]}""");

        (await PatchAsync(trainer, """{"status": "failed", "error": "Traceback:\n  out of memory"}""")).ShouldBe(HttpStatusCode.OK);
        var status = await server.GetAsync(Status);
        status.GetProperty("status").GetString().ShouldBe("failed");
        status.GetProperty("error").GetString().ShouldBe("Traceback:\n  out of memory");
        status.GetProperty("completed_at").GetString().ShouldNotBeNull();
        var happened = (await server.Storage.Events.ReadAsync("job", 0, 100, default)).Last(happened => happened.Kind == EventKind.StatusChanged);
        happened.Actor.ShouldNotBeNull().ShouldStartWith("job-");
        happened.Data.ShouldContain("out of memory");

        (await PatchAsync(trainer, """{"status": "running"}""")).ShouldBe(HttpStatusCode.OK);
        status = await server.GetAsync(Status);
        status.GetProperty("error").GetString().ShouldBeNull();
        status.GetProperty("completed_at").GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"status": "done"}""", "completed, failed, cancelled, running")]
    [InlineData("""{"status": null}""", "completed, failed, cancelled, running")]
    [InlineData("""{"status": "paused"}""", "completed, failed, cancelled, running")]
    [InlineData("""{"status": "completed", "error": "x"}""", "error")]
    [InlineData("""{"error": "x"}""", "give status too")]
    [InlineData("""{"status": "failed", "error": "\u001b[31m"}""", "control characters")]
    [InlineData("""{"status": 3}""", "status")]
    public async Task End_WrongFields_AreNamedAndNothingChanges(string body, string words)
    {
        await using var server = await RunningServer.StartAsync();
        await server.ClientOfJobAsync("job");
        var refused = await server.PatchAsync(Status, body);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(words);
        (await server.GetAsync(Status)).GetProperty("status").GetString().ShouldBe("pending");
    }

    [Fact]
    public async Task Change_OfAnythingElseByTheJobsOwnToken_IsForbiddenAndOfAnotherJobNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        await server.ClientOfJobAsync("job");
        var other = await server.ClientOfJobAsync("other");
        var own = await server.ClientOfJobAsync("job");

        (await PatchAsync(own, """{"status": "completed", "strategy": "eval-loss"}""")).ShouldBe(HttpStatusCode.Forbidden);
        (await PatchAsync(other, """{"status": "completed"}""")).ShouldBe(HttpStatusCode.NotFound);
        (await PatchAsync(await server.ClientOfAsync("viewer"), """{"status": "completed"}""")).ShouldBe(HttpStatusCode.Forbidden);
        (await server.GetAsync(Status)).GetProperty("status").GetString().ShouldBe("pending");
    }

    private static async Task<HttpStatusCode> PatchAsync(HttpClient client, string body) =>
        (await client.PatchAsync(Status, new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken)).StatusCode;
}
