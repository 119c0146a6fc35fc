using System.Net;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

public sealed class LoggedCheckpointTests
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts";

    [Fact]
    public async Task Checkpoint_ThatIsReady_IsOfTheJobAndStaysTheModels()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = new[] { MLflowClient.Metric("eval_loss", 1.5, 20) } });
        var model = await LogAsync(client, run, "first", ready: false);
        (await CheckpointsAsync(server, run)).ShouldBeEmpty();

        await ReadyAsync(client, model);
        var job = (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!;
        job.BestCheckpointPath.ShouldBe("checkpoint-20");
        File.ReadAllText(Path.Combine(job.RunFolder!, "checkpoint-20", "note.txt")).ShouldBe("first");
        (await NoteAsync(server, model)).ShouldBe("first");
        (await client.GetAsync($"{Artifacts}?path=0/models/{model}/artifacts/artifacts")).ToString().ShouldBe("""{"files":[{"path":"checkpoint-20","is_dir":true}]}""");

        // To say so twice changes nothing.
        await ReadyAsync(client, model);
        (await NoteAsync(server, model)).ShouldBe("first");
    }

    [Fact]
    public async Task Checkpoint_SavedAgain_TakesThePlaceAndTheOlderModelKeepsItsFiles()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        var first = await LogAsync(client, run, "first", ready: true);
        var second = await LogAsync(client, run, "second", ready: true);

        var job = (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!;
        File.ReadAllText(Path.Combine(job.RunFolder!, "checkpoint-20", "note.txt")).ShouldBe("second");
        (await NoteAsync(server, first)).ShouldBe("first");
        (await NoteAsync(server, second)).ShouldBe("second");
    }

    [Fact]
    public async Task Checkpoint_OfAJobWhoseOutputFolderWasNotFound_SettlesTheWarning()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = new[] { MLflowClient.Metric("eval_loss", 1.5, 20) }, @params = new[] { new { key = "output_dir", value = "outputs" } } });
        (await server.GetAsync($"/api/training/local/{run}/status")).GetProperty("warning").GetString().ShouldNotBeNull().ShouldContain("'outputs'");

        await LogAsync(client, run, "first", ready: true);

        (await server.GetAsync($"/api/training/local/{run}/status")).GetProperty("warning").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task Model_ThatIsDeleted_IsNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        var model = await LogAsync(client, run, "x", ready: false);
        (await client.SendAsync(HttpMethod.Patch, $"logged-models/{model}/tags", new { tags = new[] { new { key = "a", value = "b" } } })).Status.ShouldBe(HttpStatusCode.OK);
        var found = await client.PostAsync("logged-models/search", new { experiment_ids = new[] { "0" }, filter = "tags.a = 'b' AND name LIKE 'checkpoint-%'", order_by = new[] { new { field_name = "creation_timestamp", ascending = false } } });
        found.GetProperty("models").EnumerateArray().ShouldHaveSingleItem().GetProperty("info").GetProperty("model_id").GetString().ShouldBe(model);

        (await client.SendAsync(HttpMethod.Delete, $"logged-models/{model}/tags/a")).Status.ShouldBe(HttpStatusCode.OK);
        (await client.SendAsync(HttpMethod.Delete, $"logged-models/{model}")).Status.ShouldBe(HttpStatusCode.OK);
        (await client.SendAsync(HttpMethod.Get, $"logged-models/{model}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.SendAsync(HttpMethod.Patch, $"logged-models/{model}", new { status = "LOGGED_MODEL_READY" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> LogAsync(MLflowClient client, string run, string note, bool ready)
    {
        var made = await client.PostAsync("logged-models", new { experiment_id = "0", name = "checkpoint-20", source_run_id = run });
        var model = made.GetProperty("model").GetProperty("info").GetProperty("model_id").GetString()!;
        using var weights = new TemporaryFolder();
        var file = Path.Combine(weights.Path, "model.safetensors");
        WeightFiles.WriteSafetensors(file);
        var folder = $"{Artifacts}/0/models/{model}/artifacts/artifacts/checkpoint-20";
        (await client.SendAsync(HttpMethod.Put, $"{folder}/model.safetensors", new ByteArrayContent(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))).Status.ShouldBe(HttpStatusCode.OK);
        (await client.SendAsync(HttpMethod.Put, $"{folder}/note.txt", new StringContent(note))).Status.ShouldBe(HttpStatusCode.OK);
        if (ready) await ReadyAsync(client, model);
        return model;
    }

    private static async Task ReadyAsync(MLflowClient client, string model) =>
        (await client.SendAsync(HttpMethod.Patch, $"logged-models/{model}", new { model_id = model, status = "LOGGED_MODEL_READY" })).Status.ShouldBe(HttpStatusCode.OK);

    private static Task<string> NoteAsync(RunningServer server, string model) =>
        server.Client.GetStringAsync($"{Artifacts}/0/models/{model}/artifacts/artifacts/checkpoint-20/note.txt", TestContext.Current.CancellationToken);

    private static async Task<string[]> CheckpointsAsync(RunningServer server, string run) =>
        (await server.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))?.RunFolder is { } folder ? Directory.GetDirectories(folder) : [];
}
