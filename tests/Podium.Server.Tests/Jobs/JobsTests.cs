using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Jobs;

public sealed class JobsTests
{
    [Fact]
    public async Task Create_WithAName_AnswersItAndATokenAndListsIt()
    {
        await using var server = await RunningServer.StartAsync();
        var made = await server.PostAsync("/api/training/local/jobs", new { job_id = "a", job_name = "First", model_name = "gpt2", total_steps = 100, config = new { lr = 0.1 } });

        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        answer.GetProperty("job_id").GetString().ShouldBe("a");
        answer.GetProperty("job_token").GetString().ShouldNotBeNullOrEmpty();

        var status = await server.GetAsync("/api/training/local/a/status");
        status.GetProperty("status").GetString().ShouldBe("pending");
        status.GetProperty("job_name").GetString().ShouldBe("First");
        status.GetProperty("strategy").GetString().ShouldBe("multi-metric");
        status.GetProperty("config").GetProperty("lr").GetDouble().ShouldBe(0.1);
        status.GetProperty("best_checkpoint_path").ValueKind.ShouldBe(JsonValueKind.Null);
        status.GetProperty("updated_at").GetString()!.ShouldEndWith("Z");

        var list = await server.GetAsync("/api/training/local/jobs?limit=5");
        list.GetProperty("total").GetInt64().ShouldBe(1);
        list.GetProperty("limit").GetInt32().ShouldBe(5);
        list.GetProperty("offset").GetInt32().ShouldBe(0);
        list.GetProperty("jobs")[0].GetProperty("job_id").GetString().ShouldBe("a");
        (await server.GetAsync("/api/training/local/jobs?status=running")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Create_WithoutAName_MakesOne()
    {
        await using var server = await RunningServer.StartAsync();
        var made = await server.PostAsync("/api/training/local/jobs", new { });
        (await made.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("job_id").GetString()!.Length.ShouldBe(32);
    }

    [Fact]
    public async Task Create_NameThatIsTaken_IsAConflict()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        (await server.PostAsync("/api/training/local/jobs", new { job_id = "a" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("", "body is empty")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"job_id": "a/b"}""", "job_id")]
    [InlineData("""{"job_id": 3}""", "job_id must be a text")]
    [InlineData("""{"total_steps": -1}""", "total_steps must be at least 1")]
    [InlineData("""{"total_steps": 1.5}""", "total_steps must be a whole number")]
    [InlineData("""{"strategy": "luck"}""", "strategy: 'luck' is no strategy")]
    [InlineData("""{"jobname": "x"}""", "'jobname' is not known")]
    [InlineData("""{"config": 3}""", "config must be a JSON object")]
    public async Task Create_WrongBody_NamesTheField(string body, string expected)
    {
        await using var server = await RunningServer.StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await server.Client.PostAsync("/api/training/local/jobs", content, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        problem.GetProperty("error").GetString()!.ShouldContain(expected);
        problem.GetProperty("detail").GetString().ShouldBe(problem.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Change_StrategyAndLength_AreSeenAndWrongOnesRefused()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        await server.PostAsync("/api/training/local/metrics", new { job_id = "a", metrics = new[] { new { step = 20, eval_loss = 1.5 } } });

        var changed = await server.PatchAsync("/api/training/local/a/status", """{"strategy": "eval-loss", "total_steps": 80, "job_name": "B"}""");
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var status = await changed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        status.GetProperty("strategy").GetString().ShouldBe("eval-loss");
        status.GetProperty("progress").GetDouble().ShouldBe(25);
        status.GetProperty("job_name").GetString().ShouldBe("B");

        foreach (var (body, named) in ((string, string)[])[("{}", "Nothing"), ("", "empty"), ("""{"strategy": "luck"}""", "strategy"), ("""{"run_folder": "/etc"}""", "run_folder"), ("""{"status": "done"}""", "status")])
        {
            var refused = await server.PatchAsync("/api/training/local/a/status", body);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(named);
        }

        (await server.PatchAsync("/api/training/local/nobody/status", """{"job_name": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task JobToken_ReportsToAndReadsItsOwnJobOnly()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "other" });
        var made = await (await server.PostAsync("/api/training/local/jobs", new { job_id = "own" })).Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        server.Client.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("job_token").GetString());

        (await server.PostAsync("/api/training/local/metrics", new { metrics = new[] { new { step = 1, loss = 2.0 } } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.PostAsync("/api/training/local/metrics", new { job_id = "other", metrics = new[] { new { step = 1, loss = 2.0 } } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/api/training/local/own/status")).GetProperty("current_step").GetInt64().ShouldBe(1);
        (await server.GetAsync("/api/training/local/jobs")).GetProperty("total").GetInt64().ShouldBe(1);
        (await server.Client.GetAsync("/api/training/local/other/status", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.GetAsync("/api/training/checkpoints/list?jobId=other", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.GetAsync("/v1/fine_tuning/jobs")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await server.PostAsync("/api/training/local/jobs", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/api/training/local/start")]
    [InlineData("/api/training/deploy")]
    [InlineData("/api/training/local/a/control")]
    [InlineData("/api/training/checkpoints/a/evaluations")]
    public async Task Later_Calls_SaySo(string path)
    {
        await using var server = await RunningServer.StartAsync();
        (await server.PostAsync(path, new { })).StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
    }
}
