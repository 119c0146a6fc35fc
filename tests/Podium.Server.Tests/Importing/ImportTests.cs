using System.Net;
using System.Text.Json;
using Podium.Checkpoints.RunFolders;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Importing;

public sealed class ImportTests
{
    public static TheoryData<string> Folders =>
    [
        "gpt2-diverged", "gpt2-epochs", "gpt2-forked", "gpt2-full", "gpt2-lora", "gpt2-no-eval", "gpt2-overfit", "gpt2-resumed", "gpt2-sharded",
        "gpt2-two-eval-sets", "llama-limit", "trl-sft",
    ];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Import_RealFolder_HasTheSameRunsAndBestAsTheFolderAndNothingNewTheSecondTime(string name)
    {
        var folder = SharedMaterial.Require($"hf-runs/{name}");
        var expected = FolderRanking.Of(RunFolderReader.Read(folder));
        await using var server = await StartAsync();
        var answer = await ImportAsync(server, new { path = folder, job_id = "job" });
        var again = await ImportAsync(server, new { path = folder });

        answer.GetProperty("runs").GetInt32().ShouldBe(expected.Runs.Count);
        again.GetProperty("job_id").GetString().ShouldBe("job");
        again.GetProperty("new_points").GetInt64().ShouldBe(0);
        again.GetProperty("points").GetInt64().ShouldBe(answer.GetProperty("points").GetInt64());
        var listing = await server.GetAsync("/api/training/checkpoints/job");
        listing.GetProperty("best_checkpoint").GetString().ShouldBe(expected.Recommended?.Checkpoint.Path);
        (await server.GetAsync("/api/training/local/job/status")).GetProperty("best_checkpoint_path").GetString().ShouldBe(expected.Recommended?.Checkpoint.Path);
        listing.GetProperty("latest_checkpoint").GetString().ShouldBe(expected.Runs[0].Latest?.Checkpoint.Path);
        foreach (var ranked in expected.Runs[0].Checkpoints)
        {
            var listed = listing.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("path").GetString() == ranked.Checkpoint.Path);
            listed.GetProperty("rank").GetInt32().ShouldBe(ranked.Rank);
            listed.GetProperty("state").GetString().ShouldBe(Podium.Ranking.CheckpointStates.Spelling(ranked.Checkpoint.State));
            if (double.IsFinite(ranked.Score)) listed.GetProperty("score").GetDouble().ShouldBe(ranked.Score, 1e-12);
            else listed.GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    [Fact]
    public async Task Import_LightningFolder_IsFoundBelowAndRankedAsTheFolder()
    {
        var folder = SharedMaterial.Require("hf-runs/lightning-csv");
        var found = Podium.Checkpoints.Folders.RunFinder.Find(folder, TestContext.Current.CancellationToken);
        var expected = FolderRanking.Of(RunFolderReader.Read(RunFolderReader.Read(folder).Runs.Count > 0 ? folder : found.ShouldHaveSingleItem()));
        await using var server = await StartAsync();
        await ImportAsync(server, new { path = folder, job_id = "job" });
        (await server.GetAsync("/api/training/checkpoints/job")).GetProperty("best_checkpoint").GetString().ShouldBe(expected.Recommended?.Checkpoint.Path);
    }

    [Fact]
    public async Task Report_ForkedRunPointByPoint_GivesWhatItsImportGives()
    {
        var folder = SharedMaterial.Require("hf-runs/gpt2-forked");
        await using var server = await StartAsync();
        await ImportAsync(server, new { path = folder, job_id = "imported" });
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });

        // First it ran to 100; then it went on from 40, with other data, to 90.
        await ReportAsync(server, Path.Combine(folder, "checkpoint-100"), after: 0, savesAt: [20, 40, 60, 80, 100]);
        await ReportAsync(server, Path.Combine(folder, "checkpoint-90"), after: 40, savesAt: [60, 80, 90]);

        var imported = await server.GetAsync("/api/training/checkpoints/imported");
        var reported = await server.GetAsync("/api/training/checkpoints/job");
        reported.GetProperty("run").GetInt32().ShouldBe(imported.GetProperty("run").GetInt32());
        Lines(reported).ShouldBe(Lines(imported));
        (await server.GetAsync("/api/training/local/job/status")).GetProperty("best_checkpoint_path").GetString().ShouldBe(imported.GetProperty("best_checkpoint").GetString());

        static string[] Lines(JsonElement listing) =>
        [
            .. listing.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => string.Join(
                ' ', ((string[])["path", "step", "eval_loss", "train_loss", "score", "rank", "runs", "is_best", "is_latest"]).Select(field => checkpoint.GetProperty(field).ToString()))),
        ];
    }

    [Fact]
    public async Task Import_WrongPaths_AreRefusedByName()
    {
        using var root = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(root.Path, "empty"));
        Directory.CreateDirectory(Path.Combine(root.Path, "run"));
        MadeRunFolder.Fill(Path.Combine(root.Path, "run"), 2);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path] });
        foreach (var path in (string[])["/etc", "../x", Path.Combine(root.Path, "none"), Path.Combine(root.Path, "empty"), Path.Combine(root.Path, "run", "checkpoint-20"), ""])
        {
            var refused = await server.PostAsync("/api/training/local/import", new { path });
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
            (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("path");
        }

        await server.PostAsync("/api/training/local/import", new { path = "run", job_id = "job" });
        Directory.CreateDirectory(Path.Combine(root.Path, "second"));
        MadeRunFolder.Fill(Path.Combine(root.Path, "second"), 2);
        (await server.PostAsync("/api/training/local/import", new { path = "second", job_id = "job" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    private static async Task ReportAsync(RunningServer server, string checkpoint, long after, long[] savesAt)
    {
        using var state = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(checkpoint, "trainer_state.json"), TestContext.Current.CancellationToken));
        var entries = state.RootElement.GetProperty("log_history").EnumerateArray().Where(entry => entry.GetProperty("step").GetInt64() > after).ToArray();
        foreach (var entry in entries)
        {
            (await server.PostTextAsync("/api/training/local/metrics", $$"""{"job_id": "job", "metrics": [{{entry.GetRawText()}}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
            var step = entry.GetProperty("step").GetInt64();
            if (entry.TryGetProperty("eval_loss", out _) && savesAt.Contains(step))
                (await server.PostAsync("/api/training/checkpoints/job", new { path = $"checkpoint-{step}", step })).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(options => options with { Runs = [SharedMaterial.Require("hf-runs")] });

    private static async Task<JsonElement> ImportAsync(RunningServer server, object body)
    {
        var answer = await server.PostAsync("/api/training/local/import", body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }
}
