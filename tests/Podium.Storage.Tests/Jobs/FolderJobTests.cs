using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Jobs;

public sealed class FolderJobTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task FindJobs_OfSeveralFolders_NamesTheJobOfEachThatIsOne(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Completed, RunFolder = "/runs/a" });
        await storage.Jobs.CreateAsync(new JobRow { JobId = "b", Status = JobStatus.Completed, RunFolder = "/runs/it's b" });

        var found = await storage.Folders.FindJobsAsync(["/runs/a", "/runs/it's b", "/runs/none"], default);

        found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)).ShouldBe([("/runs/a", "a"), ("/runs/it's b", "b")]);
        (await storage.Folders.FindJobsAsync([], default)).ShouldBeEmpty();
    }
}
