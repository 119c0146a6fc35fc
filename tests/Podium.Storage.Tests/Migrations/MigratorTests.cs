using Dapper;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Migrations;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Migrations;

public sealed class MigratorTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    /// <summary>Each version that a database can have been left at, nothing at all included.</summary>
    public static TheoryData<Engine, int> Versions
    {
        get
        {
            TheoryData<Engine, int> data = [];
            foreach (var engine in (Engine[])[Engine.Sqlite, Engine.Postgres])
                for (var version = 0; version <= Migrator.All[^1].Version; version++)
                    data.Add(engine, version);
            return data;
        }
    }

    [Fact]
    public void All_Scripts_AreNumberedFromOneWithoutAGap() =>
        Migrator.All.Select(migration => migration.Version).ShouldBe(Enumerable.Range(1, Migrator.All.Count));

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Migrate_FromAnEarlierVersion_KeepsTheJobsAndTakesReports(Engine engine, int version)
    {
        using var place = new TestDatabase(engine);
        await using (var database = place.Open())
        {
            Migrator.Migrate(database, Now, upTo: version).ShouldBe(version);
            if (version > 0)
            {
                using var writer = database.OpenWriter();
                writer.Execute("INSERT INTO local_training_jobs (job_id, status, created_at, updated_at) VALUES ('early', 'running', 1, 1)");
            }
        }

        await using var storage = PodiumStorage.Open(place.Open());
        if (version > 0) (await storage.Jobs.FindAsync("early", default))!.Status.ShouldBe(JobStatus.Running);
        else await storage.Jobs.CreateAsync(new JobRow { JobId = "early", Status = JobStatus.Pending });
        await storage.Jobs.ReportAsync(new JobReport("early", PointSource.Report, [new JobReportEntry(10, null, [new("eval_loss", 1.5)])]));

        (await storage.Jobs.FindAsync("early", default))!.LowestEvalLoss.ShouldBe(1.5);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Migrate_Twice_DoesNothingTheSecondTime(Engine engine)
    {
        using var place = new TestDatabase(engine);
        await using var database = place.Open();

        Migrator.Migrate(database, Now).ShouldBe(Migrator.All.Count);
        Migrator.Migrate(database, Now).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Migrate_ByTwoAtOnce_IsDoneByOneOfThem(Engine engine)
    {
        using var place = new TestDatabase(engine);
        await using var one = place.Open();
        await using var other = place.Open();

        var counts = await Task.WhenAll(Task.Run(() => Migrator.Migrate(one, Now)), Task.Run(() => Migrator.Migrate(other, Now)));

        counts.Order().ShouldBe([0, Migrator.All.Count]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Migrate_DatabaseOfANewerPodium_IsRefusedAndLeftAsItIs(Engine engine)
    {
        using var place = new TestDatabase(engine);
        await using var database = place.Open();
        Migrator.Migrate(database, Now);
        using (var writer = database.OpenWriter())
            writer.Execute("INSERT INTO podium_migrations (version, name, applied_at) VALUES (9999, 'later', 0)");

        Should.Throw<NewerDatabaseException>(() => Migrator.Migrate(database, Now)).Message.ShouldContain("9999");
    }
}
