using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Material;
using Podium.Server.Tests.MLflow;

namespace Podium.Server.Tests.Jobs;

/// <summary>Whoever changes a job stands in its events.</summary>
public sealed class ActorTests
{
    [Fact]
    public async Task Change_OfWhatPeopleSet_TellsWhoAndFromWhatToWhat()
    {
        using var root = new TemporaryFolder();
        MadeRunFolder.Fill(Path.Combine(root.Path, "run"), 2);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        var alice = await OperatorAsync(server, "alice");
        await alice.PostAsJsonAsync("/api/training/local/jobs", new { job_id = "a", job_name = "old" }, TestContext.Current.CancellationToken);
        var bob = await OperatorAsync(server, "bob");

        await PatchAsync(bob, """{"job_name": "new", "total_steps": 100}""");
        await PatchAsync(bob, """{"strategy": "eval-loss"}""");
        await PatchAsync(alice, """{"run_folder": "run"}""");
        // What is so already is no change.
        await PatchAsync(bob, """{"job_name": "new"}""");

        var events = await EventsAsync(server, "a");
        events.Where(one => one.Kind is "job_created" or "job_changed" or "strategy_changed").Select(one => (one.Kind, one.Actor)).ShouldBe(
            [("job_created", "alice"), ("job_changed", "bob"), ("strategy_changed", "bob"), ("job_changed", "alice")]);
        events.First(one => one.Kind == "job_changed").Data.ShouldBe("""{"fields":{"job_name":{"from":"old","to":"new"},"total_steps":{"from":null,"to":100}}}""");
        events.Last(one => one.Kind == "job_changed").Data.ShouldContain("run_folder");

        async Task PatchAsync(HttpClient client, string body) =>
            (await client.PatchAsync("/api/training/local/a/status", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Import_OfAFolder_TellsWho()
    {
        using var root = new TemporaryFolder();
        MadeRunFolder.Fill(Path.Combine(root.Path, "run"), 2);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        var alice = await OperatorAsync(server, "alice");
        await alice.PostAsJsonAsync("/api/training/local/import", new { path = "run", job_id = "a" }, TestContext.Current.CancellationToken);
        (await EventsAsync(server, "a")).ShouldAllBe(one => one.Actor == "alice");

        // Into a job that is there.
        await server.PostAsync("/api/training/local/jobs", new { job_id = "b" });
        await alice.PostAsJsonAsync("/api/training/local/import", new { path = "run", job_id = "b" }, TestContext.Current.CancellationToken);
        var events = await EventsAsync(server, "b");
        events[0].ShouldBe(("job_created", "admin", events[0].Data));
        events.Skip(1).ShouldAllBe(one => one.Actor == "alice");
        events.ShouldContain(one => one.Kind == "job_changed");
        events.ShouldContain(one => one.Kind == "checkpoint_saved");
    }

    [Fact]
    public async Task MLflow_Changes_TellWho()
    {
        await using var server = await RunningServer.StartAsync();
        var client = new MLflowClient(await OperatorAsync(server, "alice"));
        var run = await client.RunAsync("training");
        await client.PostAsync("runs/update", new { run_id = run, run_name = "another" });
        await client.PostAsync("runs/set-tag", new { run_id = run, key = "podium.strategy", value = "eval-loss" });
        await client.PostAsync("runs/update", new { run_id = run, status = "FINISHED", end_time = 5 });
        var other = new MLflowClient(await OperatorAsync(server, "bob"));
        await other.PostAsync("runs/delete", new { run_id = run });
        await other.PostAsync("runs/delete", new { run_id = run });
        await client.PostAsync("runs/restore", new { run_id = run });

        (await EventsAsync(server, run)).Select(one => (one.Kind, one.Actor)).ShouldBe(
            [("job_created", "alice"), ("job_changed", "alice"), ("strategy_changed", "alice"), ("status_changed", "alice"), ("job_deleted", "bob"), ("job_restored", "alice")]);
        var told = (await server.GetAsync($"/v1/fine_tuning/jobs/{run}/events")).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("message").GetString());
        told.ShouldContain("The job was deleted.");
    }

    [Fact]
    public async Task Token_OfAJob_IsMadeUsedRevokedAndTellsWho()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "b" });
        var boss = server.ClientWith(await server.Storage.Tokens.AddAsync(new Podium.Storage.Tokens.TokenRow { Name = "boss", Role = "admin" }));
        var made = await (await boss.PostAsJsonAsync("/api/tokens", new { name = "trainer", role = "job", job_id = "a" }, TestContext.Current.CancellationToken)).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var trainer = server.ClientWith(made.GetProperty("token").GetString());

        (await ReportAsync(trainer, "a")).ShouldBe(HttpStatusCode.OK);
        (await ReportAsync(trainer, "b")).ShouldBe(HttpStatusCode.NotFound);
        (await boss.DeleteAsync("/api/tokens/trainer", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReportAsync(trainer, "a")).ShouldBe(HttpStatusCode.Unauthorized);

        (await EventsAsync(server, "a")).Where(one => one.Kind.StartsWith("token", StringComparison.Ordinal)).ShouldBe(
            [("token_added", "boss", """{"name":"trainer"}"""), ("token_revoked", "boss", """{"name":"trainer"}""")]);
    }

    [Fact]
    public async Task Token_OfAJobThatExpires_IsRefusedThen()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        var expires = TimeProvider.System.GetUtcNow().AddSeconds(2);
        var made = await (await server.PostAsync("/api/tokens", new { name = "trainer", role = "job", job_id = "a", expires_at = expires })).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var trainer = server.ClientWith(made.GetProperty("token").GetString());
        (await ReportAsync(trainer, "a")).ShouldBe(HttpStatusCode.OK);
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        (await ReportAsync(trainer, "a")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> ReportAsync(HttpClient client, string job)
    {
        using var answer = await client.PostAsJsonAsync("/api/training/local/metrics", new { job_id = job, metrics = new[] { new { step = 1, loss = 1.5 } } }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<HttpClient> OperatorAsync(RunningServer server, string name) =>
        server.ClientWith(await server.Storage.Tokens.AddAsync(new Podium.Storage.Tokens.TokenRow { Name = name, Role = "operator" }));

    private static async Task<List<(string Kind, string? Actor, string Data)>> EventsAsync(RunningServer server, string job) =>
        [.. (await server.Storage.Events.ReadAsync(job, 0, 1000, TestContext.Current.CancellationToken)).Select(happened => (happened.Kind, happened.Actor, happened.Data))];
}
