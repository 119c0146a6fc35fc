using System.Net;
using Podium.Checkpoints.RunFolders;
using Podium.Server.Tests.Live;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Importing;

/// <summary>The job speaks of the run that was saved last, as the ranking of its folder does, also where that is not the one that began last.</summary>
public sealed class OlderRunTests
{
    private static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Import_OlderRunThatWentOn_NamesWhatTheFolderRecommends(bool postgres)
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        using var database = postgres ? TestPostgres.Make() : null;
        var folder = new ForkedFolder(Path.Combine(root.Path, "run"));
        foreach (var step in (int[])[20, 40, 60, 80, 100]) folder.Save(1, step, Begin.AddMinutes(step));
        foreach (var step in (int[])[50, 70, 90]) folder.Save(2, step, Begin.AddMinutes(100 + (step / 10)));
        await using (var server = await StartAsync(root, data, database))
        {
            (await server.PostAsync("/api/training/local/import", new { path = folder.Path, job_id = "job" })).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await ShouldAgreeAsync(server, folder)).ShouldBe((2, "checkpoint-70"));

            folder.Save(1, 120, Begin.AddMinutes(111));
            (await ShouldAgreeAsync(server, folder)).ShouldBe((1, "checkpoint-80"));
            var status = await server.GetAsync("/api/training/local/job/status");
            status.GetProperty("current_step").GetInt64().ShouldBe(120);
            (await server.GetAsync("/api/training/local/job/metrics?keys=loss")).GetProperty("run").GetInt32().ShouldBe(1);
            // Nothing new, and nothing changes.
            await server.PostAsync("/api/training/local/import", new { path = folder.Path, job_id = "job" });
            (await server.GetAsync("/api/training/local/job/status")).GetProperty("updated_at").GetString().ShouldBe(status.GetProperty("updated_at").GetString());
        }

        await using var again = await StartAsync(root, data, database);
        (await ShouldAgreeAsync(again, folder)).ShouldBe((1, "checkpoint-80"));
        folder.Save(2, 110, Begin.AddMinutes(113));
        (await ShouldAgreeAsync(again, folder)).ShouldBe((2, "checkpoint-70"));
        var events = await again.Storage.Events.ReadAsync("job", 0, 1000, TestContext.Current.CancellationToken);
        events.Where(happened => happened.Kind == "run_continued").Select(happened => happened.Data).ShouldBe(["""{"number":1}""", """{"number":2}"""]);
    }

    [Fact]
    public async Task Import_FolderOfTheCorpusWhoseOlderRunIsYounger_NamesWhatTheFolderRecommends()
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var copy = Path.Combine(root.Path, "forked");
        Copy(SharedMaterial.Require("hf-runs/gpt2-forked"), copy);
        await using var server = await StartAsync(root, data, null);
        (await server.PostAsync("/api/training/local/import", new { path = copy, job_id = "job" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var folder = new ForkedFolder(copy);
        var (first, _) = await ShouldAgreeAsync(server, folder);

        // Whatever was the newest, another one is made the youngest.
        var other = RunFolderReader.Read(copy).Runs[1].Run;
        var own = other.Checkpoints.Select(checkpoint => checkpoint.Path).Except(RunFolderReader.Read(copy).Runs[0].Run.Checkpoints.Select(checkpoint => checkpoint.Path));
        foreach (var path in own) File.SetLastWriteTimeUtc(Path.Combine(copy, path, "trainer_state.json"), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        (await ShouldAgreeAsync(server, folder)).Run.ShouldNotBe(first);
    }

    [Fact]
    public async Task Report_OlderRunIsResumedAfterAFork_IsSeenWhenItIsSaved()
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var folder = new ForkedFolder(Path.Combine(root.Path, "run"));
        await using var server = await StartAsync(root, data, null);
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        await ReportAsync(server, ForkedFolder.LogOf(1, 100));
        foreach (var step in (int[])[20, 40, 60, 80, 100]) folder.Save(1, step, TimeProvider.System.GetUtcNow().AddSeconds(-60 + (step / 10)));
        (await server.PatchAsync("/api/training/local/job/status", """{"run_folder": "run"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ShouldAgreeAsync(server, folder)).ShouldBe((1, "checkpoint-80"));

        // The fork is the newest as soon as it reports, though nothing of it was saved yet, however often the folder is read.
        await ReportAsync(server, ForkedFolder.LogOf(2, 90, after: ForkedFolder.Fork));
        for (var i = 0; i < 3; i++) (await server.GetAsync("/api/training/checkpoints/job?refresh=true")).GetProperty("run").GetInt32().ShouldBe(2);

        // Then the first one goes on from its end.
        await ReportAsync(server, ForkedFolder.LogOf(1, 120, after: 100));
        folder.Save(1, 120, TimeProvider.System.GetUtcNow().AddSeconds(2));
        (await ShouldAgreeAsync(server, folder)).ShouldBe((1, "checkpoint-80"));
        await ReportAsync(server, ForkedFolder.LogOf(1, 130, after: 120));
        (await ShouldAgreeAsync(server, folder)).ShouldBe((1, "checkpoint-80"));
        (await server.GetAsync("/api/training/local/job/status")).GetProperty("current_step").GetInt64().ShouldBe(130);
    }

    [Fact]
    public async Task Report_ForkSavedInTheSameMomentAsTheOlderRun_StaysTheNewest()
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var folder = new ForkedFolder(Path.Combine(root.Path, "run"));
        await using var server = await StartAsync(root, data, null);
        await server.PostAsync("/api/training/local/jobs", new { job_id = "job" });
        var now = TimeProvider.System.GetUtcNow();
        await ReportAsync(server, ForkedFolder.LogOf(1, 100));
        foreach (var step in (int[])[20, 40, 60, 80, 100]) folder.Save(1, step, now);
        await ReportAsync(server, ForkedFolder.LogOf(2, 50, after: ForkedFolder.Fork));
        folder.Save(2, 50, now);
        await server.PatchAsync("/api/training/local/job/status", """{"run_folder": "run"}""");

        (await server.GetAsync("/api/training/checkpoints/job?refresh=true")).GetProperty("run").GetInt32().ShouldBe(2);
        await ReportAsync(server, ForkedFolder.LogOf(2, 60, after: 50));
        (await server.GetAsync("/api/training/checkpoints/job?refresh=true")).GetProperty("run").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task List_ForkWhoseCheckpointsWereDeleted_GivesWayToTheOlderRun()
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var folder = new ForkedFolder(Path.Combine(root.Path, "run"));
        foreach (var step in (int[])[20, 40, 60, 80, 100]) folder.Save(1, step, Begin.AddMinutes(step));
        folder.Save(2, 70, Begin.AddMinutes(110));
        await using var server = await StartAsync(root, data, null);
        await server.PostAsync("/api/training/local/import", new { path = folder.Path, job_id = "job" });
        (await ShouldAgreeAsync(server, folder)).ShouldBe((2, "checkpoint-70"));

        Directory.Delete(Path.Combine(folder.Path, "checkpoint-70"), recursive: true);
        (await ShouldAgreeAsync(server, folder)).ShouldBe((1, "checkpoint-80"));
    }

    private static async Task<(int Run, string? Best)> ShouldAgreeAsync(RunningServer server, ForkedFolder folder)
    {
        var expected = FolderRanking.Of(RunFolderReader.Read(folder.Path)).Recommended?.Checkpoint.Path;
        var listing = await server.GetAsync("/api/training/checkpoints/job?refresh=true");
        listing.GetProperty("best_checkpoint").GetString().ShouldBe(expected);
        (await server.GetAsync("/api/training/local/job/status")).GetProperty("best_checkpoint_path").GetString().ShouldBe(expected);
        listing.GetProperty("checkpoints").EnumerateArray().Single(checkpoint => checkpoint.GetProperty("is_best").GetBoolean()).GetProperty("path").GetString().ShouldBe(expected);
        return (listing.GetProperty("run").GetInt32(), expected);
    }

    private static async Task ReportAsync(RunningServer server, IEnumerable<(int Step, string Entry)> log)
    {
        foreach (var (_, entry) in log)
            (await server.PostTextAsync("/api/training/local/metrics", $$"""{"job_id": "job", "metrics": [{{entry}}]}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder root, TemporaryFolder data, TestPostgres? database) =>
        RunningServer.StartAsync(options => options with { Runs = [root.Path], Data = data.Path, Database = database?.Connection });

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copied = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copied)!);
            File.Copy(file, copied);
        }
    }
}
