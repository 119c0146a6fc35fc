using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

public sealed class JobTokenTests
{
    [Fact]
    public async Task FirstRun_IsTheJobsAndALaterOneStandsBeside()
    {
        await using var server = await RunningServer.StartAsync();
        var client = new MLflowClient(await server.ClientOfJobAsync("mine"));
        (await client.GetAsync("experiments/get-by-name?experiment_name=whatever")).GetProperty("experiment").GetProperty("experiment_id").GetString().ShouldBe("0");
        (await client.PostAsync("experiments/create", new { name = "whatever" })).GetProperty("experiment_id").GetString().ShouldBe("0");

        (await client.RunAsync("training")).ShouldBe("mine");
        await client.PostAsync("runs/log-batch", new { run_id = "mine", metrics = new[] { MLflowClient.Metric("eval_loss", 2, 10) } });
        await client.PostAsync("runs/update", new { run_id = "mine", status = "FINISHED", end_time = 5 });

        var beside = await client.RunAsync();
        beside.ShouldNotBe("mine");
        await client.PostAsync("runs/log-batch", new { run_id = beside, metrics = new[] { MLflowClient.Metric("eval_loss", 1, 10) } });
        (await client.HistoryAsync(beside, "eval_loss")).ShouldBe([1]);
        (await client.HistoryAsync("mine", "eval_loss")).ShouldBe([2]);
        var job = (await server.Storage.Jobs.FindAsync("mine", TestContext.Current.CancellationToken))!;
        job.BestEvalLoss.ShouldBe(2);
        job.JobName.ShouldBe("training");
    }

    [Fact]
    public async Task RunThatWasOpenedById_IsNotGivenAgain()
    {
        await using var server = await RunningServer.StartAsync();
        var client = new MLflowClient(await server.ClientOfJobAsync("mine"));
        // As a client does where MLFLOW_RUN_ID names the run.
        (await client.ReadAsync("mine")).GetProperty("info").GetProperty("lifecycle_stage").GetString().ShouldBe("active");
        await client.PostAsync("runs/update", new { run_id = "mine", status = "RUNNING" });
        (await client.RunAsync()).ShouldNotBe("mine");
    }

    [Fact]
    public async Task OtherJobs_AreNotThere()
    {
        await using var server = await RunningServer.StartAsync();
        var admin = MLflowClient.Of(server);
        var other = await admin.RunAsync("other");
        await admin.PostAsync("experiments/create", new { name = "theirs" });
        var client = new MLflowClient(await server.ClientOfJobAsync("mine"));

        (await client.SendAsync(HttpMethod.Get, $"runs/get?run_id={other}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Get, $"metrics/get-history?run_id={other}&metric_key=x")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Get, "experiments/get?experiment_id=1")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (path, body) in new (string, object)[]
        {
            ("runs/log-metric", new { run_id = other, key = "a", value = 1, timestamp = 1 }), ("runs/set-tag", new { run_id = other, key = "a", value = "b" }),
            ("runs/update", new { run_id = other, status = "KILLED" }), ("runs/delete", new { run_id = other }), ("logged-models", new { source_run_id = other, name = "m" }),
        })
        {
            await client.RefusedAsync(path, body, "RESOURCE_DOES_NOT_EXIST", HttpStatusCode.NotFound);
        }

        (await client.SendAsync(HttpMethod.Put, $"/api/2.0/mlflow-artifacts/artifacts/0/{other}/artifacts/x", new StringContent("x"))).Status.ShouldBe(HttpStatusCode.NotFound);
        var found = await client.PostAsync("runs/search", new { experiment_ids = new[] { "0" } });
        found.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem().GetProperty("info").GetProperty("run_id").GetString().ShouldBe("mine");
        (await client.PostAsync("experiments/search", new { max_results = 10 })).GetProperty("experiments").GetArrayLength().ShouldBe(1);
        await client.RefusedAsync("experiments/delete", new { experiment_id = "0" }, "PERMISSION_DENIED", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Viewer_ReadsAndChangesNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var run = await MLflowClient.Of(server).RunAsync();
        var client = new MLflowClient(await server.ClientOfAsync("viewer"));
        await client.ReadAsync(run);
        await client.PostAsync("runs/search", new { experiment_ids = new[] { "0" } });
        (await client.SendAsync(HttpMethod.Post, "runs/set-tag", new { run_id = run, key = "a", value = "b" })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
