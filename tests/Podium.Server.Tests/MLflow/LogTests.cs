using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

public sealed class LogTests
{
    public static TheoryData<string, object> TooMuch => new()
    {
        { "metrics", new { metrics = Enumerable.Range(0, 1001).Select(i => MLflowClient.Metric("m", i, i)) } },
        { "params", new { @params = Enumerable.Range(0, 101).Select(i => new { key = $"p{i}", value = "v" }) } },
        { "tags", new { tags = Enumerable.Range(0, 101).Select(i => new { key = $"t{i}", value = "v" }) } },
        { "in all", new { metrics = Enumerable.Range(0, 950).Select(i => MLflowClient.Metric("m", i, i)), tags = Enumerable.Range(0, 51).Select(i => new { key = $"t{i}", value = "v" }) } },
        { "1000000 bytes", new { tags = Enumerable.Range(0, 100).Select(i => new { key = $"t{i}", value = new string('v', 10_100) }) } },
        { "bad$key", new { metrics = new[] { MLflowClient.Metric("m", 1, 1), MLflowClient.Metric("bad$key", 1, 1) } } },
        { "Duplicate", new { metrics = new[] { MLflowClient.Metric("m", 1, 1) }, @params = new[] { new { key = "p", value = "1" }, new { key = "p", value = "2" } } } },
        { "Changing param values", new { metrics = new[] { MLflowClient.Metric("m", 1, 1) }, @params = new[] { new { key = "new", value = "1" }, new { key = "fixed", value = "2" } } } },
        { "no strategy", new { metrics = new[] { MLflowClient.Metric("m", 1, 1) }, tags = new[] { new { key = "podium.strategy", value = "coin" } } } },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task Batch_ThatIsRefused_LeavesNothingBehind(string reason, object batch)
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync("r");
        await client.PostAsync("runs/log-parameter", new { run_id = run, key = "fixed", value = "1" });
        var before = (await client.ReadAsync(run)).ToString();

        var body = System.Text.Json.JsonSerializer.SerializeToNode(batch)!.AsObject();
        body["run_id"] = run;
        var message = await client.RefusedAsync("runs/log-batch", body.ToJsonString());

        if (reason is not "in all") message.ShouldContain(reason);
        (await client.ReadAsync(run)).ToString().ShouldBe(before);
        (await client.HistoryAsync(run, "m")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_AtTheLimits_IsTakenAndReadInTheOrderOfArrival()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        var values = Enumerable.Range(0, 1000).Select(i => i * 7919 % 1000).ToArray();
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = values.Select(i => MLflowClient.Metric("m", i, i)) });

        (await client.HistoryAsync(run, "m")).ShouldBe([.. values.Select(value => (double)value)]);

        // In pages, each going on where the one before ended.
        List<double> paged = [];
        for (var token = ""; ;)
        {
            var page = await client.GetAsync($"metrics/get-history?run_id={run}&metric_key=m&max_results=300&page_token={token}");
            paged.AddRange(page.GetProperty("metrics").EnumerateArray().Select(metric => metric.GetProperty("value").GetDouble()));
            if (!page.TryGetProperty("next_page_token", out var next)) break;
            token = next.GetString()!;
        }

        paged.ShouldBe([.. values.Select(value => (double)value)]);
    }

    [Fact]
    public async Task Values_ThatAreNoNumbers_AreKeptAsTheyCame()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        object[] values = ["NaN", "Infinity", "-Infinity", 1.5, "2.5"];
        for (var i = 0; i < values.Length; i++) await client.PostAsync("runs/log-metric", new { run_id = run, key = "eval_loss", value = values[i], step = i, timestamp = i });

        (await client.HistoryAsync(run, "eval_loss")).ShouldBe([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.5, 2.5]);
    }

    [Fact]
    public async Task History_OfTrainLoss_HoldsStepsAndTheMeanOfTheRun()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = new[] { MLflowClient.Metric("train_loss", 3, 1), MLflowClient.Metric("train_loss", 2, 2), MLflowClient.Metric("train_loss_mean", 8, 2) } });
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = new[] { MLflowClient.Metric("train_runtime", 60, 3), MLflowClient.Metric("train_loss", 2.5, 3) } });

        (await client.HistoryAsync(run, "train_loss")).ShouldBe([3, 2, 2.5]);
        (await client.HistoryAsync(run, "train_loss_mean")).ShouldBe([8]);
        var page = await client.GetAsync($"metrics/get-history?run_id={run}&metric_key=train_loss&max_results=2");
        page.GetProperty("metrics").GetArrayLength().ShouldBe(2);
        page = await client.GetAsync($"metrics/get-history?run_id={run}&metric_key=train_loss&max_results=2&page_token={page.GetProperty("next_page_token").GetString()}");
        page.GetProperty("metrics").EnumerateArray().ShouldHaveSingleItem().GetProperty("value").GetDouble().ShouldBe(2.5);
        page.TryGetProperty("next_page_token", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Strategy_ByTag_IsTheJobs()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/set-tag", new { run_id = run, key = "podium.strategy", value = "eval-loss" });
        (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!.Strategy.ShouldBe("eval-loss");

        await client.RefusedAsync("runs/set-tag", new { run_id = run, key = "podium.strategy", value = "coin" });
        await client.PostAsync("runs/delete-tag", new { run_id = run, key = "podium.strategy" });
        (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!.Strategy.ShouldBeNull();
    }

    [Fact]
    public async Task Params_WithoutMaxSteps_TellTheEpochs()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-batch", new
        {
            run_id = run,
            @params = new[] { new { key = "max_steps", value = "-1" }, new { key = "num_train_epochs", value = "3.0" }, new { key = "_name_or_path", value = "gpt2" }, new { key = "fp16", value = "False" }, new { key = "note", value = "1.2.3" } },
        });
        var job = (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!;
        job.TotalEpochs.ShouldBe(3);
        job.TotalSteps.ShouldBeNull();
        job.ModelName.ShouldBe("gpt2");
        job.Config.ShouldBe("""{"max_steps":-1,"num_train_epochs":3.0,"_name_or_path":"gpt2","fp16":false,"note":"1.2.3"}""");
    }

    [Fact]
    public async Task LongTexts_AreCutAndTaken()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-parameter", new { run_id = run, key = "p", value = new string('p', 6001) });
        await client.PostAsync("runs/set-tag", new { run_id = run, key = "t", value = new string('t', 8001) });
        var data = (await client.ReadAsync(run)).GetProperty("data");
        data.GetProperty("params")[0].GetProperty("value").GetString()!.Length.ShouldBe(6000);
        data.GetProperty("tags").EnumerateArray().Single(tag => tag.GetProperty("key").GetString() == "t").GetProperty("value").GetString()!.Length.ShouldBe(8000);
    }

    [Fact]
    public async Task UnknownCall_IsNotFoundInMLflowsForm()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        foreach (var path in (string[])["/api/2.0/mlflow/registered-models/create", "/api/3.0/mlflow/server-info", "/api/2.0/mlflow/runs/get", "/api/2.0/mlflow-artifacts/mpu/create/x"])
            await client.RefusedAsync(path, new { }, "ENDPOINT_NOT_FOUND", HttpStatusCode.NotFound);
        await client.RefusedAsync("runs/log-batch", "{", "MALFORMED_REQUEST");
        await client.RefusedAsync("runs/log-metric", "[]", "MALFORMED_REQUEST");
    }
}
