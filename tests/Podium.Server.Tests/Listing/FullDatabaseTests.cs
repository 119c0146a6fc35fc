using System.Text.Json;
using Podium.Server.Tests.Durability;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Listing;

/// <summary>The database has no room for what is new in a run folder.</summary>
public sealed class FullDatabaseTests
{
    [Fact]
    public async Task ListingAndStatus_WithoutRoomForWhatIsNew_AnswerAllTheSameAndWarn()
    {
        using var data = new TemporaryFolder();
        var (code, _) = await Commands.RunAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", data.Path);
        if (code != 0) Assert.Skip("needs to mount a small tmpfs, which takes root");
        try
        {
            await AnswerAsync(data.Path);
        }
        finally
        {
            await Commands.RunAsync("umount", "-l", data.Path);
        }
    }

    private static async Task AnswerAsync(string data)
    {
        using var root = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        MadeRunFolder.Fill(folder, 3);
        await using var server = await RunningServer.StartAsync(options => options with { Data = data, Runs = [root.Path] });
        (await server.PostAsync("/api/training/local/import", new { path = folder, job_id = "job" })).EnsureSuccessStatusCode();

        var filler = Path.Combine(data, "filler");
        Fill(filler);
        MadeRunFolder.Add(folder, 80, evalLoss: 0.5);
        var listing = await server.GetAsync("/api/training/checkpoints/job?refresh=true");
        listing.GetProperty("best_checkpoint").GetString().ShouldBe("checkpoint-80");
        listing.GetProperty("source").GetString().ShouldBe("folder");
        Warnings(listing).ShouldContain("not-kept");
        var status = await server.GetAsync("/api/training/local/job/status");
        status.GetProperty("best_checkpoint_path").GetString().ShouldBe("checkpoint-60");
        status.GetProperty("warning").GetString().ShouldNotBeNull().ShouldContain("was not kept");

        File.Delete(filler);
        listing = await server.GetAsync("/api/training/checkpoints/job");
        Warnings(listing).ShouldNotContain("not-kept");
        (await server.GetAsync("/api/training/local/job/status")).GetProperty("best_checkpoint_path").GetString().ShouldBe("checkpoint-80");
    }

    private static string?[] Warnings(JsonElement listing) => [.. listing.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString())];

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            for (; ; ) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // That is what was wanted.
        }
    }
}
