using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Histories;
using Podium.Ranking;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.MLflow;

namespace Podium.Server.Tests.Durability;

/// <summary>Two clients report to one job at the same time, each at a server of its own and in a protocol of its own, while others read.</summary>
public sealed class MixedLoadTests
{
    private const int Steps = 150;

    [Fact]
    public async Task Report_OfOneJobByTwoClientsAtTwoServers_BothNameTheSameBest()
    {
        using var database = TestPostgres.Make();
        using var oneData = new TemporaryFolder();
        using var otherData = new TemporaryFolder();
        await using var one = new ServerProcess(oneData.Path, database.Connection);
        await using var other = new ServerProcess(otherData.Path, database.Connection);
        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        string[] jobs = ["a", "b"];
        foreach (var job in jobs) await PostAsync(one.Client, "/api/training/local/jobs", new { job_id = job });
        var random = new Random(5);
        var losses = Enumerable.Range(1, Steps).Select(step => 2.5 - (step / 300.0) + (random.NextDouble() / 50)).ToArray();
        var evalLosses = Enumerable.Range(1, Steps).Select(step => 1.5 + (Math.Abs(step - 90) / 300.0) + (random.NextDouble() / 50)).ToArray();

        var isOver = false;
        var reading = Task.WhenAll(new[] { one, other }.Select(server => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
                foreach (var job in jobs)
                    foreach (var path in (string[])[$"/api/training/checkpoints/{job}", $"/api/training/local/{job}/metrics?max_points=50", $"/v1/fine_tuning/jobs/{job}/checkpoints"])
                        (await server.Client.GetAsync(path, cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        })));
        // The one logs what was trained, the other evaluates and saves; in one job by their own protocols, in the other the other way round.
        await Task.WhenAll(
            Task.Run(() => NativeAsync(one.Client, "a", "loss", losses, saves: false)),
            Task.Run(() => MLflowAsync(other.Client, "a", "eval_loss", evalLosses, saves: true)),
            Task.Run(() => MLflowAsync(one.Client, "b", "loss", losses, saves: false)),
            Task.Run(() => NativeAsync(other.Client, "b", "eval_loss", evalLosses, saves: true)));
        Volatile.Write(ref isOver, true);
        await reading;

        var expected = Expected(losses, evalLosses);
        foreach (var job in jobs)
            foreach (var server in new[] { one, other })
            {
                var listing = await server.Client.GetFromJsonAsync<JsonElement>($"/api/training/checkpoints/{job}", cancellation);
                listing.GetProperty("run").GetInt32().ShouldBe(1);
                listing.GetProperty("best_checkpoint").GetString().ShouldBe(expected.Best!.Checkpoint.Path);
                (await server.Client.GetFromJsonAsync<JsonElement>($"/api/training/local/{job}/status", cancellation)).GetProperty("best_checkpoint_path").GetString().ShouldBe(expected.Best.Checkpoint.Path);
                foreach (var ranked in expected.Checkpoints)
                    listing.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("path").GetString() == ranked.Checkpoint.Path).GetProperty("score").GetDouble().ShouldBe(ranked.Score, 1e-12);
                foreach (var key in (string[])["loss", "eval_loss"])
                    (await server.Client.GetFromJsonAsync<JsonElement>($"/api/training/local/{job}/metrics?keys={key}", cancellation)).GetProperty("series").GetProperty(key).GetProperty("count").GetInt64().ShouldBe(Steps);
            }
    }

    private static RunRanking Expected(double[] losses, double[] evalLosses)
    {
        var history = new TrainingHistoryBuilder();
        List<Checkpoint> checkpoints = [];
        for (var step = 1; step <= Steps; step++)
        {
            Add("loss", losses[step - 1]);
            Add("eval_loss", evalLosses[step - 1]);
            if (step % 5 == 0) checkpoints.Add(new Checkpoint($"checkpoint-{step}", step) { State = CheckpointState.Complete });

            void Add(string metric, double value)
            {
                history.BeginEntry();
                history.SetStep(step);
                history.Set(metric, value);
            }
        }

        return Ranker.Rank(new Run(history.Build(), checkpoints));
    }

    private static async Task NativeAsync(HttpClient server, string job, string metric, double[] values, bool saves)
    {
        for (var step = 1; step <= Steps; step++)
        {
            await PostAsync(server, "/api/training/local/metrics", new { job_id = job, metrics = new[] { new Dictionary<string, object> { ["step"] = step, [metric] = values[step - 1] } } });
            if (saves) await SaveAsync(server, job, step);
        }
    }

    private static async Task MLflowAsync(HttpClient server, string job, string metric, double[] values, bool saves)
    {
        for (var step = 1; step <= Steps; step++)
        {
            await PostAsync(server, "/api/2.0/mlflow/runs/log-batch", new { run_id = job, metrics = new[] { MLflowClient.Metric(metric, values[step - 1], step, 1_700_000_000_000 + step) } });
            if (saves) await SaveAsync(server, job, step);
        }
    }

    private static async Task SaveAsync(HttpClient server, string job, int step)
    {
        if (step % 5 == 0) await PostAsync(server, string.Create(CultureInfo.InvariantCulture, $"/api/training/checkpoints/{job}"), new { path = $"checkpoint-{step}", step });
    }

    private static async Task PostAsync(HttpClient server, string path, object body)
    {
        using var answer = await server.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
