using System.Net;
using System.Text.Json;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

/// <summary>Servers on one database, each with a data folder of its own.</summary>
public sealed class SeveralHostsTests
{
    [Fact]
    public async Task Listing_OfUploadsAtAnotherHost_ComesFromTheDatabaseAndMarksNothingGone()
    {
        using var database = TestPostgres.Make();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        var run = await RunWithCheckpointAsync(one);
        // As where both call their data folder the same: what lies at the other host under this name is none of the job's.
        var folder = (await one.Storage.Jobs.FindAsync(run, TestContext.Current.CancellationToken))!.RunFolder!;
        await other.Storage.Jobs.ChangeAsync(run, row => row.RunFolderHost = "the-other-way-round");
        var fromAfar = await one.GetAsync($"/api/training/checkpoints/{run}?refresh=true");
        Directory.Move(Path.Combine(folder, "checkpoint-20"), Path.Combine(folder, "..", "moved"));
        var stillFromAfar = await one.GetAsync($"/api/training/checkpoints/{run}?refresh=true");

        foreach (var listing in (JsonElement[])[fromAfar, stillFromAfar])
        {
            listing.GetProperty("source").GetString().ShouldBe("database");
            listing.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-20");
            listing.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()).ShouldContain("other-host");
        }

        (await one.GetAsync($"/api/training/local/{run}/status")).GetProperty("best_checkpoint_path").GetString().ShouldBe("checkpoint-20");
        (await one.GetAsync($"/api/training/local/{run}/logs")).GetProperty("total").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Upload_OfARunWhoseUploadsLieElsewhere_IsRefusedSoThatItIsTriedAgain()
    {
        using var database = TestPostgres.Make();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        var run = await RunWithCheckpointAsync(one);
        var there = MLflowClient.Of(other);
        var model = await LoggedCheckpoint.MakeAsync(there, run, 40);

        (await LoggedCheckpoint.UploadAsync(there, model, 40)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await LoggedCheckpoint.FinishAsync(there, model)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        // Where the others lie it is taken.
        var here = MLflowClient.Of(one);
        (await LoggedCheckpoint.UploadAsync(here, model, 40)).ShouldBe(HttpStatusCode.OK);
        (await LoggedCheckpoint.FinishAsync(here, model)).ShouldBe(HttpStatusCode.OK);
        foreach (var server in (RunningServer[])[one, other])
            (await server.GetAsync($"/api/training/checkpoints/{run}")).GetProperty("checkpoints").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Upload_ToServersWithOneDataFolder_IsOneHosts()
    {
        using var database = TestPostgres.Make();
        using var data = new TemporaryFolder();
        await using var one = await StartAsync(database, data);
        await using var other = await StartAsync(database, data);
        var run = await RunWithCheckpointAsync(one);
        await LoggedCheckpoint.LogAsync(MLflowClient.Of(other), run, 40);

        (await other.GetAsync($"/api/training/checkpoints/{run}")).GetProperty("source").GetString().ShouldBe("folder");
        File.ReadAllText(Path.Combine(data.Path, "host-id")).Trim().Length.ShouldBe(32);
    }

    private static async Task<string> RunWithCheckpointAsync(RunningServer server)
    {
        var client = MLflowClient.Of(server);
        var run = await client.RunAsync();
        await client.PostAsync("runs/log-batch", new { run_id = run, metrics = new[] { MLflowClient.Metric("eval_loss", 1.5, 20), MLflowClient.Metric("eval_loss", 1.7, 40, 2) } });
        await LoggedCheckpoint.LogAsync(client, run, 20);
        return run;
    }

    private static Task<RunningServer> StartAsync(TestPostgres database, TemporaryFolder? data = null) =>
        RunningServer.StartAsync(options => options with { Database = database.Connection, Data = data?.Path ?? options.Data });
}
