using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Listing;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Listing;

public sealed class ExplainedListingTests
{
    private const string Address = "/api/training/checkpoints/job";

    [Fact]
    public async Task List_Explained_SaysWhyAndThePlainOneStaysAsItWas()
    {
        await using var server = await StartAsync();
        var plain = await server.Client.GetStringAsync(Address, TestContext.Current.CancellationToken);

        var explained = await server.GetAsync($"{Address}?explain=true");

        plain.ShouldNotContain("\"reasons\"");
        plain.ShouldNotContain("\"explanation\"");
        (await server.Client.GetStringAsync(Address, TestContext.Current.CancellationToken)).ShouldBe(plain);
        foreach (var field in JsonElement.Parse(plain).EnumerateObject().Where(field => field.Name != "checkpoints")) JsonElement.DeepEquals(explained.GetProperty(field.Name), field.Value).ShouldBeTrue(field.Name);

        var best = explained.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("is_best").GetBoolean());
        best.GetProperty("path").GetString().ShouldBe("checkpoint-20");
        best.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).ShouldBe(["place", "eval-loss", "overfitting", "improvement", "robustness"]);
        var explanation = explained.GetProperty("explanation");
        explanation.GetProperty("runner_up").GetString().ShouldBe("checkpoint-40");
        var scores = explained.GetProperty("checkpoints").EnumerateArray().ToDictionary(checkpoint => checkpoint.GetProperty("path").GetString()!, checkpoint => checkpoint.GetProperty("score").GetDouble());
        explanation.GetProperty("margin").GetDouble().ShouldBe(scores["checkpoint-40"] - scores["checkpoint-20"], 1e-12);
        explanation.GetProperty("summary").GetString()!.ShouldStartWith("Strategies disagree: ");
        var firmness = explanation.GetProperty("firmness");
        firmness.GetProperty("draws").GetInt32().ShouldBe(4096);
        firmness.GetProperty("shares").EnumerateArray().Sum(share => share.GetProperty("share").GetDouble()).ShouldBe(1, 1e-9);

        var trajectory = explanation.GetProperty("trajectory");
        trajectory.GetProperty("evaluation_count").GetInt32().ShouldBe(3);
        trajectory.GetProperty("overfitting_from").GetProperty("step").GetInt64().ShouldBe(40);
        trajectory.GetProperty("gap").GetProperty("absolute").GetDouble().ShouldBe(2.4 - 0.5, 1e-12);
        trajectory.GetProperty("perplexity").GetDouble().ShouldBe(Math.Exp(2.4), 1e-9);
        trajectory.GetProperty("lowest_perplexity").GetProperty("step").GetInt64().ShouldBe(40);
        trajectory.GetProperty("evaluations_since_best").GetInt32().ShouldBe(2);
        trajectory.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("code").GetString()).ShouldBe(["loss-gap", "perplexity", "trend", "since-best"]);
        explanation.GetProperty("evaluations").EnumerateArray().Select(one => one.GetProperty("improved").GetBoolean()).ShouldBe([true, true, false]);
        explanation.GetProperty("epochs").GetRawText().ShouldBe("[[20,0.5],[40,1],[60,1.5]]");

        var run = explanation.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        run.GetProperty("is_newest").GetBoolean().ShouldBeTrue();
        run.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-20");
        run.GetProperty("lowest_eval_loss_step").GetInt64().ShouldBe(40);
        (run.GetProperty("first_step").GetInt64(), run.GetProperty("last_step").GetInt64(), run.GetProperty("evaluations").GetInt32(), run.GetProperty("checkpoints").GetInt32()).ShouldBe((20, 60, 3, 3));
    }

    [Fact]
    public async Task List_ExplainedByAnotherStrategyOrWeights_SpeaksOfThose()
    {
        await using var server = await StartAsync();

        var byLoss = await server.GetAsync($"{Address}?explain=1&strategy=eval-loss");
        byLoss.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-40");
        byLoss.GetProperty("explanation").GetProperty("firmness").ValueKind.ShouldBe(JsonValueKind.Null);
        byLoss.GetProperty("explanation").GetProperty("trajectory").GetProperty("evaluations_since_best").GetInt32().ShouldBe(1);
        var plateau = await server.GetAsync($"{Address}?explain=true&strategy=plateau:100%25");
        plateau.GetProperty("explanation").GetProperty("margin").ValueKind.ShouldBe(JsonValueKind.Null);
        var weighted = await server.GetAsync($"{Address}?explain=true&weights=1,0,0,0");
        weighted.GetProperty("explanation").GetProperty("firmness").GetProperty("shares")[0].GetProperty("path").GetString().ShouldBe("checkpoint-40");
        (await server.Client.GetAsync($"{Address}?explain=perhaps", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task List_ExplainedForkedFolder_HasEachRunTheNewestFirst()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        await ReportAsync(server, (10, 2.0), (20, 1.9), (30, 1.8));
        await SaveAsync(server, 10, 30);
        await ReportAsync(server, (20, 1.7));
        await SaveAsync(server, 20);

        var listing = await server.GetAsync($"{Address}?explain=true");

        var runs = listing.GetProperty("explanation").GetProperty("runs");
        runs.EnumerateArray().Select(run => run.GetProperty("run").GetInt32()).ShouldBe([2, 1]);
        runs[0].GetProperty("parent").GetInt32().ShouldBe(1);
        runs[0].GetProperty("from_step").GetInt64().ShouldBe(20);
        runs[0].GetProperty("lowest_eval_loss").GetDouble().ShouldBe(1.7);
        runs[0].GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-20");
        runs[1].GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-30");
        runs[1].GetProperty("is_newest").GetBoolean().ShouldBeFalse();
        // One that only an older run has is explained by that run's ranking.
        listing.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("path").GetString() == "checkpoint-30")
            .GetProperty("reasons")[0].GetProperty("message").GetString()!.ShouldContain("best of 2 checkpoints");
    }

    [Fact]
    public async Task List_ExplainedJobOfWhichNothingIsKnown_SaysSoInWords()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });

        var explanation = (await server.GetAsync($"{Address}?explain=true")).GetProperty("explanation");

        explanation.GetProperty("runner_up").ValueKind.ShouldBe(JsonValueKind.Null);
        explanation.GetProperty("evaluations").GetArrayLength().ShouldBe(0);
        explanation.GetProperty("trajectory").GetProperty("notes").EnumerateArray().ShouldAllBe(note => note.GetProperty("message").GetString()!.Length > 0);
    }

    [Fact]
    public async Task Read_ForAPage_IsTheObjectWhoseBytesTheApiSends()
    {
        await using var server = await StartAsync();
        var listings = server.Services.GetRequiredService<Listings>();
        AskedRanking.TryParse("", "1,0,0,0", out var asked, out _).ShouldBeTrue();

        var page = (await listings.ReadAsync("job", asked, isExplained: true, TestContext.Current.CancellationToken))!;

        // The same, however it is asked for, until something of the job changes.
        (await listings.ReadAsync("job", asked, isExplained: true, TestContext.Current.CancellationToken)).ShouldBeSameAs(page);
        var kept = listings.Find("job", new ListingQuestion(asked.Question, IsExplained: true))!;
        kept.Listing.ShouldBeSameAs(page);
        (await server.Client.GetStringAsync($"{Address}?weights=1,0,0,0&explain=true", TestContext.Current.CancellationToken)).ShouldBe(Encoding.UTF8.GetString(kept.Bytes));
        (await listings.ReadAsync("nobody", AskedRanking.Own, isExplained: true, TestContext.Current.CancellationToken)).ShouldBeNull();

        await ReportAsync(server, (80, 1.0));
        (await listings.ReadAsync("job", asked, isExplained: true, TestContext.Current.CancellationToken)).ShouldNotBeSameAs(page);
    }

    private static async Task<RunningServer> StartAsync()
    {
        var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        (await server.PostTextAsync(
            "/api/training/local/metrics",
            """
            {"job_id":"job","metrics":[
              {"step":20,"epoch":0.5,"loss":1.8},{"step":20,"eval_loss":1.9},
              {"step":40,"epoch":1.0,"loss":0.9},{"step":40,"eval_loss":1.85},
              {"step":60,"epoch":1.5,"loss":0.5},{"step":60,"eval_loss":2.4}]}
            """)).EnsureSuccessStatusCode();
        await SaveAsync(server, 20, 40, 60);
        return server;
    }

    private static async Task ReportAsync(RunningServer server, params (long Step, double Loss)[] evaluations) =>
        (await server.PostAsync("/api/training/local/metrics", new { job_id = "job", metrics = evaluations.Select(one => new { step = one.Step, eval_loss = one.Loss }) })).EnsureSuccessStatusCode();

    private static async Task SaveAsync(RunningServer server, params long[] steps)
    {
        foreach (var step in steps) (await server.PostAsync(Address, new { path = $"checkpoint-{step}", step })).EnsureSuccessStatusCode();
    }
}
