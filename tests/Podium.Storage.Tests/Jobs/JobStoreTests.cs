using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Jobs;

public sealed class JobStoreTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Create_SameNameAgain_LeavesTheFirst(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());

        (await storage.Jobs.CreateAsync(Job("a") with { JobName = "first" })).ShouldBeTrue();
        (await storage.Jobs.CreateAsync(Job("a") with { JobName = "second" })).ShouldBeFalse();

        (await storage.Jobs.FindAsync("a", default))!.JobName.ShouldBe("first");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_Evaluations_KeepTheBestUpToDateAndAfterARestartToo(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using (var storage = PodiumStorage.Open(database.Open()))
        {
            await storage.Jobs.CreateAsync(Job("a") with { TotalSteps = 60 });
            await storage.Jobs.ReportAsync(Report("a", (10, "loss", 2.0), (20, "loss", 1.8), (20, "eval_loss", 1.9)));
            await storage.Jobs.SaveCheckpointAsync(Checkpoint("a", 20));
            await storage.Jobs.ReportAsync(Report("a", (30, "loss", 1.2), (40, "loss", 0.9), (40, "eval_loss", 1.85)));
            await storage.Jobs.SaveCheckpointAsync(Checkpoint("a", 40));

            var row = (await storage.Jobs.FindAsync("a", default))!;
            row.BestCheckpointPath.ShouldBe("checkpoint-20");
            row.BestEvalLoss.ShouldBe(1.9);
            row.LowestEvalLoss.ShouldBe(1.85);
            row.LowestEvalLossStep.ShouldBe(40);
            row.Status.ShouldBe(JobStatus.Running);
            row.Progress!.Value.ShouldBe(200.0 / 3, 1e-9);
        }

        await using (var storage = PodiumStorage.Open(database.Open()))
        {
            await storage.Jobs.ReportAsync(Report("a", (50, "loss", 1.2), (60, "loss", 1.1), (60, "eval_loss", 1.2)));
            await storage.Jobs.SaveCheckpointAsync(Checkpoint("a", 60));

            var row = (await storage.Jobs.FindAsync("a", default))!;
            row.BestCheckpointPath.ShouldBe("checkpoint-60");
            row.EpochsWithoutImprovement.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Change_OfTheStrategy_RanksWhatIsStoredAnew(Engine engine)
    {
        using var database = new TestDatabase(engine);
        await using var storage = PodiumStorage.Open(database.Open());
        await storage.Jobs.CreateAsync(Job("a"));
        await storage.Jobs.ReportAsync(Report("a", (20, "loss", 1.8), (20, "eval_loss", 1.9), (40, "loss", 0.9), (40, "eval_loss", 1.85)));
        await storage.Jobs.SaveCheckpointAsync(Checkpoint("a", 20));
        await storage.Jobs.SaveCheckpointAsync(Checkpoint("a", 40));
        (await storage.Jobs.FindAsync("a", default))!.BestCheckpointPath.ShouldBe("checkpoint-20");

        await storage.Jobs.ChangeAsync("a", row => row.Strategy = "eval-loss");

        (await storage.Jobs.FindAsync("a", default))!.BestCheckpointPath.ShouldBe("checkpoint-40");
    }

    private static JobRow Job(string id) => new() { JobId = id, Status = JobStatus.Pending };

    private static CheckpointRow Checkpoint(string job, long step) => new() { JobId = job, Path = $"checkpoint-{step}", Step = step, State = "complete" };

    private static JobReport Report(string job, params (long Step, string Key, double Value)[] points) =>
        new(job, PointSource.Report, [.. points.Select(point => new JobReportEntry(point.Step, null, [new(point.Key, point.Value)]))]);
}
