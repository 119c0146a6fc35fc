using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.OpenAi;

public sealed class OpenAiTests
{
    [Fact]
    public async Task Jobs_AreListedByPagesWithTheFieldsThatClientsRead()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var id in (string[])["a", "b", "c"])
            await server.PostAsync("/api/training/local/jobs", new { job_id = id, model_name = "gpt2", dataset_name = "poems" });

        var first = await server.GetAsync("/v1/fine_tuning/jobs?limit=2");
        first.GetProperty("object").GetString().ShouldBe("list");
        first.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var job = first.GetProperty("data")[0];
        job.GetProperty("object").GetString().ShouldBe("fine_tuning.job");
        job.GetProperty("status").GetString().ShouldBe("queued");
        job.GetProperty("model").GetString().ShouldBe("gpt2");
        job.GetProperty("training_file").GetString().ShouldBe("poems");
        job.GetProperty("fine_tuned_model").ValueKind.ShouldBe(JsonValueKind.Null);
        job.GetProperty("result_files").GetArrayLength().ShouldBe(0);
        job.GetProperty("hyperparameters").TryGetProperty("n_epochs", out _).ShouldBeTrue();
        job.GetProperty("seed").GetInt32().ShouldBe(0);
        var second = await server.GetAsync($"/v1/fine_tuning/jobs?limit=2&after={first.GetProperty("last_id").GetString()}");
        second.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(one => one.GetProperty("id").GetString()).Order().ShouldBe(["a", "b", "c"]);
        (await server.GetAsync("/v1/fine_tuning/jobs/b")).GetProperty("id").GetString().ShouldBe("b");
    }

    [Fact]
    public async Task Checkpoints_AndEvents_AreListed()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });
        foreach (var step in (int[])[20, 40, 60])
        {
            await server.PostTextAsync("/api/training/local/metrics", $$"""{"job_id":"a","metrics":[{"step":{{step}},"loss":1.5},{"step":{{step}},"eval_loss":{{100.0 / step}}}]}""");
            await server.PostAsync("/api/training/checkpoints/a", new { path = $"checkpoint-{step}", step });
        }

        var page = await server.GetAsync("/v1/fine_tuning/jobs/a/checkpoints?limit=2");
        page.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var newest = page.GetProperty("data")[0];
        newest.GetProperty("object").GetString().ShouldBe("fine_tuning.job.checkpoint");
        newest.GetProperty("step_number").GetInt64().ShouldBe(60);
        newest.GetProperty("fine_tuning_job_id").GetString().ShouldBe("a");
        newest.GetProperty("fine_tuned_model_checkpoint").GetString().ShouldBe("a:checkpoint-60");
        newest.GetProperty("metrics").GetProperty("full_valid_loss").GetDouble().ShouldBe(100.0 / 60);
        newest.GetProperty("metrics").GetProperty("train_loss").GetDouble().ShouldBe(1.5);
        (await server.GetAsync($"/v1/fine_tuning/jobs/a/checkpoints?after={page.GetProperty("last_id").GetString()}")).GetProperty("data").GetArrayLength().ShouldBe(1);

        var events = await server.GetAsync("/v1/fine_tuning/jobs/a/events?limit=1");
        events.GetProperty("data")[0].GetProperty("object").GetString().ShouldBe("fine_tuning.job.event");
        events.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var rest = await server.GetAsync($"/v1/fine_tuning/jobs/a/events?limit=100&after={events.GetProperty("last_id").GetString()}");
        rest.GetProperty("data").EnumerateArray().Last().GetProperty("message").GetString().ShouldBe("The job was created.");
    }

    [Theory]
    [InlineData("/v1/fine_tuning/jobs/nobody", HttpStatusCode.NotFound)]
    [InlineData("/v1/fine_tuning/jobs/nobody/events", HttpStatusCode.NotFound)]
    [InlineData("/v1/fine_tuning/jobs/nobody/checkpoints", HttpStatusCode.NotFound)]
    [InlineData("/v1/fine_tuning/jobs?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/fine_tuning/jobs?after=nobody", HttpStatusCode.NotFound)]
    public async Task Faults_AreInOpenAisForm(string path, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }
}
