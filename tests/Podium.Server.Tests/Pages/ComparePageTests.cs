using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Pages;

/// <summary>Jobs side by side, also where what they reported is odd.</summary>
public sealed class ComparePageTests
{
    [Fact]
    public async Task Compare_TwoRatesAtOneStep_IsThere()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var job in (string[])["one", "other"])
        {
            await server.PostAsync("/api/training/local/jobs", new { job_id = job });
            foreach (var rate in (double[])[50, 40])
                (await server.PostAsync("/api/training/local/metrics", new { job_id = job, metrics = new object[] { new { step = 10, eval_loss = 1.5, eval_runtime = 2, eval_samples_per_second = rate } } })).EnsureSuccessStatusCode();
            (await server.PostAsync("/api/2.0/mlflow/runs/log-batch", new { run_id = job, metrics = new object[] { new { key = "eval_samples_per_second", value = 30, timestamp = 1, step = 10 }, new { key = "eval_samples_per_second", value = 20, timestamp = 2, step = 10 } } })).EnsureSuccessStatusCode();
        }

        var answer = await server.Client.GetAsync("/compare?job=one&job=other", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Losses that cannot be compared");
    }
}
