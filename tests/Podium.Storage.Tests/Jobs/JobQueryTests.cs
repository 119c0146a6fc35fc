using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Storage.Tests.Tokens;

namespace Podium.Storage.Tests.Jobs;

public sealed class JobQueryTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task List_ByStatusesAndText_FindsThemInEachNameAndCountsAll(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = await FilledAsync(
            database,
            Job("a", JobStatus.Running) with { JobName = "Übung ÄRGER" },
            Job("b_x", JobStatus.Failed) with { ModelName = "Llama-3" },
            Job("c", JobStatus.Running) with { ModelDisplayName = "llama 100%" },
            Job("dx", JobStatus.Completed) with { DatasetName = "the LLAMA set" },
            Job("e!", JobStatus.Completed));

        (await IdsAsync(storage, new JobQuery { Text = "LLaMA" })).ShouldBe(["dx", "c", "b_x"]);
        (await IdsAsync(storage, new JobQuery { Text = "ärger" })).ShouldBe(["a"]);
        (await IdsAsync(storage, new JobQuery { Text = "ÜBUNG" })).ShouldBe(["a"]);
        // What stands for anything in a pattern stands for itself here.
        (await IdsAsync(storage, new JobQuery { Text = "%" })).ShouldBe(["c"]);
        (await IdsAsync(storage, new JobQuery { Text = "_" })).ShouldBe(["b_x"]);
        (await IdsAsync(storage, new JobQuery { Text = "!" })).ShouldBe(["e!"]);
        (await IdsAsync(storage, new JobQuery { Text = "' OR '1'='1" })).ShouldBeEmpty();
        (await IdsAsync(storage, new JobQuery { Text = "a\0" })).ShouldBeEmpty();
        (await IdsAsync(storage, new JobQuery { Statuses = [JobStatus.Running, JobStatus.Failed] })).ShouldBe(["c", "b_x", "a"]);
        (await IdsAsync(storage, new JobQuery { Statuses = [JobStatus.Running], Text = "llama" })).ShouldBe(["c"]);
        (await IdsAsync(storage, new JobQuery { JobId = "a" })).ShouldBe(["a"]);
        (await IdsAsync(storage, new JobQuery { JobId = "a", Statuses = [JobStatus.Failed] })).ShouldBeEmpty();

        var (page, total) = await storage.Jobs.ListAsync(new JobQuery { Text = "llama", Limit = 1, Offset = 1 }, default);
        page.ShouldHaveSingleItem().JobId.ShouldBe("c");
        total.ShouldBe(3);
        (await storage.Jobs.ListAsync(new JobQuery { Limit = 0 }, default)).Total.ShouldBe(5);

        var counts = await storage.Jobs.CountByStatusAsync("llama", default);
        counts.Keys.ShouldBe(JobStatus.All, ignoreOrder: true);
        (counts[JobStatus.Running], counts[JobStatus.Failed], counts[JobStatus.Completed], counts[JobStatus.Paused]).ShouldBe((1, 1, 1, 0));
        (await storage.Jobs.CountByStatusAsync(null, default))[JobStatus.Running].ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task List_ByAnyOrder_PutsThoseWithoutLastEitherWay(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = await FilledAsync(
            database,
            Job("a", JobStatus.Running) with { JobName = "Zebra", Progress = 10, EvalLoss = 2, BestEvalLoss = 1.5, RemainingSeconds = 50 },
            Job("b", JobStatus.Completed) with { JobName = "apple", Progress = 100, EvalLoss = 1, BestEvalLoss = 1, RemainingSeconds = 1 },
            Job("c", JobStatus.Running) with { Progress = 30, EvalLoss = 3, BestEvalLoss = 1.25, RemainingSeconds = 20 },
            Job("d", JobStatus.Failed));

        foreach (var (sort, up) in ((JobSort, string)[])
        [
            (JobSort.Created, "abcd"),
            (JobSort.Updated, "abcd"),
            (JobSort.Name, "bcda"),
            (JobSort.Status, "bdca"),
            (JobSort.Progress, "acbd"),
            (JobSort.EvalLoss, "bacd"),
            (JobSort.BestEvalLoss, "bcad"),
            // What does not run is never done: of equals the newest first.
            (JobSort.Remaining, "cadb"),
        ])
        {
            string.Concat(await IdsAsync(storage, new JobQuery { Sort = sort, Ascending = true })).ShouldBe(up, sort.ToString());
            var down = string.Concat(await IdsAsync(storage, new JobQuery { Sort = sort, Ascending = false }));
            down.ShouldBe(sort switch
            {
                JobSort.Status => "cadb",
                JobSort.Remaining => "acdb",
                JobSort.Progress or JobSort.EvalLoss or JobSort.BestEvalLoss => $"{string.Concat(up[..3].Reverse())}d",
                _ => string.Concat(up.Reverse()),
            }, sort.ToString());
            string.Concat(await IdsAsync(storage, new JobQuery { Sort = sort })).ShouldBe(sort.IsAscending() ? up : down, sort.ToString());
        }
    }

    [Fact]
    public void Sorts_ByName_AreFoundAgain()
    {
        foreach (var sort in Enum.GetValues<JobSort>())
        {
            JobSorts.TryFind(sort.NameOf(), out var found).ShouldBeTrue();
            found.ShouldBe(sort);
        }

        JobSorts.TryFind("luck", out _).ShouldBeFalse();
        JobSorts.Names.Count.ShouldBe(Enum.GetValues<JobSort>().Length);
    }

    private static JobRow Job(string id, string status) => new() { JobId = id, Status = status };

    private static async Task<PodiumStorage> FilledAsync(TestDatabase database, params JobRow[] jobs)
    {
        var clock = new MovableClock();
        var storage = PodiumStorage.Open(database.Open(), time: clock);
        foreach (var job in jobs)
        {
            (await storage.Jobs.CreateAsync(job)).ShouldBeTrue();
            clock.GoOn(TimeSpan.FromSeconds(1));
        }

        return storage;
    }

    private static async Task<string[]> IdsAsync(PodiumStorage storage, JobQuery query) => [.. (await storage.Jobs.ListAsync(query, default)).Jobs.Select(job => job.JobId)];
}
