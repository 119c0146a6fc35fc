using System.Net;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Listing;

public sealed class ListingTests
{
    [Fact]
    public async Task List_FolderThatGrowsAndShrinks_IsSeenAtTheNextCallAndTheStatusAgrees()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 10);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await ImportAsync(server, folder);

        var listing = await AgreeAsync(server);
        listing.GetProperty("checkpoints").GetArrayLength().ShouldBe(10);
        listing.GetProperty("source").GetString().ShouldBe("folder");
        var steps = listing.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("step").GetInt64()).ToArray();
        steps.ShouldBe(steps.OrderDescending());
        var first = listing.GetProperty("checkpoints")[0];
        first.GetProperty("is_latest").GetBoolean().ShouldBeTrue();
        first.GetProperty("runs")[0].GetInt32().ShouldBe(1);
        first.GetProperty("components").GetProperty("eval_loss").GetDouble().ShouldBeGreaterThan(0);
        (await BytesAsync(server)).ShouldBe(await BytesAsync(server));

        MadeRunFolder.Add(folder, 220, evalLoss: 0.5);
        (await AgreeAsync(server)).GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-220");
        Directory.Delete(Path.Combine(folder, "checkpoint-220"), recursive: true);
        listing = await AgreeAsync(server);
        listing.GetProperty("checkpoints").GetArrayLength().ShouldBe(10);
        listing.GetProperty("best_checkpoint").GetString().ShouldNotBe("checkpoint-220");
    }

    [Fact]
    public async Task List_ChangeInsideACheckpoint_IsSeenWithinASecondAndWithRefreshAtOnce()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 5);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await ImportAsync(server, folder);
        await AgreeAsync(server);

        File.WriteAllText(Path.Combine(folder, "checkpoint-100", "notes.txt"), new string('x', 10_000));
        Size(await server.GetAsync("/api/training/checkpoints/job?refresh=true")).ShouldBeGreaterThan(10_000);

        File.WriteAllText(Path.Combine(folder, "checkpoint-100", "notes.txt"), new string('x', 20_000));
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Size(await server.GetAsync("/api/training/checkpoints/job")).ShouldBeGreaterThan(20_000);

        static long Size(JsonElement listing) => listing.GetProperty("checkpoints")[0].GetProperty("size_bytes").GetInt64();
    }

    [Fact]
    public async Task List_FolderThatIsGone_AnswersFromTheDatabase()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 5);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await ImportAsync(server, folder);
        var before = await AgreeAsync(server);

        Directory.Move(folder, Path.Combine(root.Path, "moved"));
        var gone = await AgreeAsync(server);
        gone.GetProperty("source").GetString().ShouldBe("database");
        gone.GetProperty("checkpoints").GetArrayLength().ShouldBe(5);
        gone.GetProperty("best_checkpoint").GetString().ShouldBe(before.GetProperty("best_checkpoint").GetString());

        Directory.Move(Path.Combine(root.Path, "moved"), folder);
        (await AgreeAsync(server)).GetProperty("source").GetString().ShouldBe("folder");
    }

    [Fact]
    public async Task List_AnotherStrategy_AnswersAndStoresNothing()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        await server.PostTextAsync(
            "/api/training/local/metrics",
            """{"job_id":"job","metrics":[{"step":20,"loss":1.8},{"step":20,"eval_loss":1.9},{"step":40,"loss":0.9},{"step":40,"eval_loss":1.85}]}""");
        foreach (var step in (int[])[20, 40])
            (await server.PostAsync("/api/training/checkpoints/job", new { path = $"/outputs/run/checkpoint-{step}", step })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var own = await AgreeAsync(server);
        own.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-20");
        own.GetProperty("source").GetString().ShouldBe("database");
        own.GetProperty("strategies_disagree").GetBoolean().ShouldBeTrue();
        (await server.GetAsync("/api/training/checkpoints/job?strategy=eval-loss")).GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-40");
        (await server.GetAsync("/api/training/checkpoints/job?weights=1,0,0,0")).GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-40");
        (await AgreeAsync(server)).GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-20");
        foreach (var query in (string[])["strategy=luck", "weights=1,2", "weights=1,0,0,0&strategy=eval-loss", "refresh=maybe"])
            (await server.Client.GetAsync($"/api/training/checkpoints/job?{query}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await server.PatchAsync("/api/training/local/job/status", """{"strategy": "eval-loss"}""");
        (await AgreeAsync(server)).GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-40");
    }

    [Fact]
    public async Task List_InTheOldForm_HasItsFields()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        var listing = await server.GetAsync("/api/training/checkpoints/list?jobId=job");
        listing.GetProperty("success").GetBoolean().ShouldBeTrue();
        listing.GetProperty("message").GetString().ShouldBe("0 checkpoints found.");
        listing.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        listing.GetProperty("best_checkpoint").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.Client.GetAsync("/api/training/checkpoints/list", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Client.GetAsync("/api/training/checkpoints/list?jobId=nobody", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.GetAsync("/api/training/checkpoints/nobody", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_OutputFolderThatAgrees_IsTakenAndOneThatDoesNotIsWarnedOf()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "outputs");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 5);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        foreach (var (job, loss) in ((string, double)[])[("job", MadeRunFolder.LossAt(20)), ("other", 9.5)])
        {
            (await server.PostAsync("/api/training/local/jobs", new { job_id = job, output_dir = "./outputs" })).EnsureSuccessStatusCode();
            (await server.PostAsync("/api/training/local/metrics", new { job_id = job, metrics = new[] { new { step = 20, loss } } })).EnsureSuccessStatusCode();
        }

        (await AgreeAsync(server)).GetProperty("checkpoints").GetArrayLength().ShouldBe(5);
        var other = await server.GetAsync("/api/training/local/other/status");
        other.GetProperty("run_folder").ValueKind.ShouldBe(JsonValueKind.Null);
        other.GetProperty("warning").GetString()!.ShouldContain("podium jobs set other --folder");
        (await server.PatchAsync("/api/training/local/other/status", """{"run_folder": "outputs"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/training/checkpoints/other")).GetProperty("checkpoints").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task List_AThousandCheckpoints_HasEachOnceTheNewestFirst()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 1000, best: 5000);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await ImportAsync(server, folder);

        using var listing = JsonDocument.Parse(await BytesAsync(server));

        listing.RootElement.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("step").GetInt64()).ShouldBe(Enumerable.Range(1, 1000).Select(number => 20L * (1001 - number)));
        listing.RootElement.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-5000");
    }

    [Fact]
    public async Task Logs_OfTheFolder_AreRead()
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 2);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        await ImportAsync(server, folder);
        (await server.GetAsync("/api/training/local/job/logs")).GetProperty("total").GetInt64().ShouldBe(0);
        File.WriteAllText(Path.Combine(folder, "console.log"), "one\ntwo\nthree\n");
        var logs = await server.GetAsync("/api/training/local/job/logs?limit=1&offset=1");
        logs.GetProperty("logs")[0].GetString().ShouldBe("two");
        logs.GetProperty("total").GetInt64().ShouldBe(3);
    }

    private static async Task ImportAsync(RunningServer server, string folder) =>
        (await server.PostAsync("/api/training/local/import", new { path = folder, job_id = "job" })).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static Task<byte[]> BytesAsync(RunningServer server) => server.Client.GetByteArrayAsync("/api/training/checkpoints/job", TestContext.Current.CancellationToken);

    /// <summary>The listing, whose best is the status's, and the one checkpoint that says so of itself.</summary>
    private static async Task<JsonElement> AgreeAsync(RunningServer server)
    {
        var listing = await server.GetAsync("/api/training/checkpoints/job");
        var status = await server.GetAsync("/api/training/local/job/status");
        var best = listing.GetProperty("best_checkpoint").GetString();
        status.GetProperty("best_checkpoint_path").GetString().ShouldBe(best);
        listing.GetProperty("checkpoints").EnumerateArray().Where(checkpoint => checkpoint.GetProperty("is_best").GetBoolean()).Select(checkpoint => checkpoint.GetProperty("path").GetString()).ShouldBe(best is null ? [] : [best]);
        listing.GetProperty("checkpoints").EnumerateArray().Count(checkpoint => checkpoint.GetProperty("is_latest").GetBoolean()).ShouldBe(listing.GetProperty("checkpoints").GetArrayLength() > 0 ? 1 : 0);
        return listing;
    }
}
