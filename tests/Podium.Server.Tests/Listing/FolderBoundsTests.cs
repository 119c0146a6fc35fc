using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Listing;

/// <summary>A run folder lies at or below a root, and nothing that is read through it lies elsewhere.</summary>
public sealed class FolderBoundsTests
{
    [Fact]
    public async Task Folder_ThatIsTheRootItself_IsTaken()
    {
        using var root = new TemporaryFolder();
        MadeRunFolder.Fill(root.Path, 3);
        await using var server = await StartAsync(root);
        (await server.PostAsync("/api/training/local/import", new { path = root.Path, job_id = "whole" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/training/checkpoints/whole")).GetProperty("source").GetString().ShouldBe("folder");

        await server.PostAsync("/api/training/local/jobs", new { job_id = "named" });
        (await server.PatchAsync("/api/training/local/named/status", $$"""{"run_folder": "{{root.Path}}/"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/api/training/checkpoints/named")).GetProperty("checkpoints").GetArrayLength().ShouldBe(3);

        await server.PostAsync("/api/training/local/jobs", new { job_id = "bound", output_dir = root.Path });
        (await server.GetAsync("/api/training/local/bound/status")).GetProperty("best_checkpoint_path").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("{root}/../outside")]
    [InlineData("run/../../outside")]
    [InlineData("..")]
    [InlineData("out")]
    [InlineData("{root}/out/deeper")]
    [InlineData("/dev/null")]
    [InlineData("/dev")]
    [InlineData("pipe")]
    [InlineData("/proc/self")]
    public async Task Folder_ThatLeadsElsewhere_IsRefusedOnEveryWay(string named)
    {
        using var disk = new TemporaryFolder();
        var root = Directory.CreateDirectory(Path.Combine(disk.Path, "root")).FullName;
        var outside = Path.Combine(disk.Path, "outside", "deeper");
        MadeRunFolder.Fill(outside, 2);
        MadeRunFolder.Fill(Path.Combine(disk.Path, "outside"), 2);
        Directory.CreateSymbolicLink(Path.Combine(root, "out"), Path.Combine(disk.Path, "outside"));
        using (var pipe = Process.Start("mkfifo", Path.Combine(root, "pipe"))) await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root] });
        var path = named.Replace("{root}", root, StringComparison.Ordinal);
        await server.PostAsync("/api/training/local/jobs", new { job_id = "a" });

        (await server.PostAsync("/api/training/local/import", new { path })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.PatchAsync("/api/training/local/a/status", JsonSerializer.Serialize(new { run_folder = path }))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // A trainer may call its folder what it likes: it is only not looked into.
        await server.PostAsync("/api/training/local/jobs", new { job_id = "b", output_dir = path });
        (await server.GetAsync("/api/training/checkpoints/b")).GetProperty("checkpoints").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("state")]
    [InlineData("events")]
    public async Task Folder_WithALinkToElsewhereInIt_IsNotRead(string what)
    {
        using var disk = new TemporaryFolder();
        var root = Directory.CreateDirectory(Path.Combine(disk.Path, "root")).FullName;
        var secret = Path.Combine(disk.Path, "secret");
        MadeRunFolder.Fill(secret, 5);
        var run = Path.Combine(root, "run");
        MadeRunFolder.Fill(run, 2);
        // One that leads to another place below the roots is nobody's harm.
        Directory.CreateSymbolicLink(Path.Combine(run, "best"), Path.Combine(run, "checkpoint-40"));
        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root] });
        (await server.PostAsync("/api/training/local/import", new { path = "run", job_id = "a" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        var link = what switch { "checkpoint" => "checkpoint-60", "state" => "checkpoint-80/trainer_state.json", _ => "runs/one/events.out.tfevents.1" };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(run, link))!);
        File.CreateSymbolicLink(Path.Combine(run, link), Path.Combine(secret, what == "checkpoint" ? "checkpoint-60" : "checkpoint-80/trainer_state.json"));

        var refused = await server.PostAsync("/api/training/local/import", new { path = "run", job_id = "b" });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"path: '{link}' leads out of the run folders");
        var listing = await server.GetAsync("/api/training/checkpoints/a?refresh=true");
        listing.GetProperty("source").GetString().ShouldBe("database");
        listing.GetProperty("warnings").EnumerateArray().Select(note => note.GetProperty("code").GetString()).ShouldContain("link-out");
        listing.GetProperty("checkpoints").EnumerateArray().Select(checkpoint => checkpoint.GetProperty("step").GetInt64()).ShouldBe([40, 20]);
        (await server.GetAsync("/api/training/local/a/metrics?keys=loss")).GetProperty("series").GetProperty("loss").GetProperty("steps").EnumerateArray().Select(step => step.GetInt64()).ShouldBe([20, 40]);
    }

    private static Task<RunningServer> StartAsync(TemporaryFolder root) => RunningServer.StartAsync(options => options with { Runs = [root.Path] });
}
