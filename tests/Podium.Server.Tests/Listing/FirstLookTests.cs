using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Podium.Server.Listing;
using Podium.Server.Tests.Material;

namespace Podium.Server.Tests.Listing;

public sealed class FirstLookTests
{
    [Fact(Timeout = 60_000)]
    public async Task Start_JobsThatAreKnown_AreListedBeforeAnybodyAsks()
    {
        using var root = new TemporaryFolder();
        using var data = new TemporaryFolder();
        var folder = Path.Combine(root.Path, "run");
        Directory.CreateDirectory(folder);
        MadeRunFolder.Fill(folder, 5);
        await using (var before = await RunningServer.StartAsync(options => options with { Runs = [root.Path], Data = data.Path }))
            (await before.Client.PostAsJsonAsync("/api/training/local/import", new { path = folder, job_id = "a" }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

        await using var server = await RunningServer.StartAsync(options => options with { Runs = [root.Path], Data = data.Path });

        var listings = server.Services.GetRequiredService<Listings>();
        // However long that takes: the test's own time limit ends it.
        while (listings.Find("a", new ListingQuestion(AskedRanking.Own.Question)) is null) await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
