using System.Globalization;
using System.Text.Json;
using Podium.Checkpoints.RunFolders;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.MLflow;

/// <summary>A whole job of the real Hugging Face Trainer, which knows nothing of Podium: it reports to an MLflow server.</summary>
[Trait("Category", "Slow")]
public sealed class RealTrainerTests
{
    [Fact]
    public async Task Train_ReportToMLflow_IsAJobWhoseFolderIsFoundAndRanked()
    {
        using var root = new TemporaryFolder();
        var output = Path.Combine(root.Path, "run");
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });

        Train(server, output);

        var expected = FolderRanking.Of(RunFolderReader.Read(output));
        var job = await TheJobAsync(server, output);
        var status = await server.GetAsync($"/api/training/local/{job}/status");
        Finished(status);
        status.GetProperty("best_checkpoint_path").GetString().ShouldBe(expected.Recommended!.Checkpoint.Path);
        var listing = await server.GetAsync($"/api/training/checkpoints/{job}");
        listing.GetProperty("source").GetString().ShouldBe("folder");
        listing.GetProperty("run_folder").GetString().ShouldBe(output);
        SameAsTheFolder(listing, expected);
        await OpenAiAgreesAsync(server, job, expected);
    }

    [Fact]
    public async Task Train_LogsArtifacts_CheckpointsArriveWholeAndRankLikeTheFolder()
    {
        if (!TrainerProcess.Has("pandas")) Assert.Skip("needs Debian's python3-pandas, without which MLflow's client logs no artifacts");
        // A folder that the server cannot see.
        using var elsewhere = new TemporaryFolder();
        using var root = new TemporaryFolder();
        var output = Path.Combine(elsewhere.Path, "run");
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });

        Train(server, output, KeyValuePair.Create("HF_MLFLOW_LOG_ARTIFACTS", "1"));

        var expected = FolderRanking.Of(RunFolderReader.Read(output));
        var job = await TheJobAsync(server, output);
        Finished(await server.GetAsync($"/api/training/local/{job}/status"));
        var listing = await server.GetAsync($"/api/training/checkpoints/{job}");
        SameAsTheFolder(listing, expected);
        var arrived = listing.GetProperty("run_folder").GetString()!;
        arrived.ShouldNotBe(output);
        foreach (var file in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories).Where(path => path.Contains("checkpoint-", StringComparison.Ordinal)))
            File.ReadAllBytes(Path.Combine(arrived, Path.GetRelativePath(output, file))).ShouldBe(File.ReadAllBytes(file), file);
    }

    private static void Train(RunningServer server, string output, params KeyValuePair<string, string>[] variables)
    {
        using var trainer = TrainerProcess.Start(
            output,
            [
                new("MLFLOW_TRACKING_URI", server.Address.ToString().TrimEnd('/')),
                new("MLFLOW_TRACKING_TOKEN", RunningServer.AdminToken),
                new("GIT_PYTHON_REFRESH", "quiet"),
                .. variables,
            ],
            "--report-to", "mlflow", "--steps", "60", "--every", "20");
        trainer.WaitForEnd();
    }

    private static async Task<string> TheJobAsync(RunningServer server, string output)
    {
        var jobs = (await server.GetAsync("/api/training/local/jobs")).GetProperty("jobs");
        var job = jobs.EnumerateArray().ShouldHaveSingleItem();
        var config = job.GetProperty("config");
        config.GetProperty("output_dir").ToString().ShouldBe(output);
        config.GetProperty("learning_rate").ToString().ShouldBe("0.003");
        return job.GetProperty("job_id").GetString()!;
    }

    private static void Finished(JsonElement status)
    {
        status.GetProperty("status").GetString().ShouldBe("completed");
        status.GetProperty("current_step").GetInt64().ShouldBe(60);
        status.GetProperty("total_steps").GetInt64().ShouldBe(60);
        status.GetProperty("progress").GetDouble().ShouldBe(100);
        status.GetProperty("warning").ValueKind.ShouldBe(JsonValueKind.Null, status.ToString());
        status.GetProperty("best_eval_loss").GetDouble().ShouldBeGreaterThan(0);
    }

    private static void SameAsTheFolder(JsonElement listing, FolderRanking expected)
    {
        listing.GetProperty("best_checkpoint").GetString().ShouldBe(expected.Recommended!.Checkpoint.Path);
        var listed = listing.GetProperty("checkpoints").EnumerateArray().ToDictionary(checkpoint => checkpoint.GetProperty("path").GetString()!);
        listed.Keys.Order().ShouldBe(["checkpoint-20", "checkpoint-40", "checkpoint-60"]);
        foreach (var ranked in expected.Runs[0].Checkpoints)
        {
            var checkpoint = listed[ranked.Checkpoint.Path];
            checkpoint.GetProperty("score").GetDouble().ShouldBe(ranked.Score, 1e-12);
            checkpoint.GetProperty("rank").GetInt32().ShouldBe(ranked.Rank);
            checkpoint.GetProperty("state").GetString().ShouldBe("complete");
            checkpoint.GetProperty("size_bytes").GetInt64().ShouldBe(ranked.Checkpoint.SizeBytes);
        }
    }

    private static async Task OpenAiAgreesAsync(RunningServer server, string job, FolderRanking expected)
    {
        var seen = await ClientEnvironment.RunAsync(
            """
            import json, os, openai
            client = openai.OpenAI(base_url=os.environ["PODIUM"] + "/v1", api_key=os.environ["TOKEN"])
            job = list(client.fine_tuning.jobs.list())[0]
            assert job.status == "succeeded", job
            assert client.fine_tuning.jobs.retrieve(job.id).id == job.id
            events = list(client.fine_tuning.jobs.list_events(job.id, limit=2))
            assert len({event.id for event in events}) == len(events) > 3, events
            checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id, limit=2))
            print(json.dumps([job.id, {c.step_number: c.metrics.full_valid_loss for c in checkpoints}]))
            """,
            ("PODIUM", server.Address.ToString().TrimEnd('/')),
            ("TOKEN", RunningServer.AdminToken));
        using var json = JsonDocument.Parse(seen);
        json.RootElement[0].GetString().ShouldBe(job);
        var losses = json.RootElement[1];
        foreach (var ranked in expected.Runs[0].Checkpoints)
            losses.GetProperty(ranked.Checkpoint.Step.ToString(CultureInfo.InvariantCulture)).GetDouble().ShouldBe(ranked.Loss!.Value.Value, 1e-12);
    }
}
