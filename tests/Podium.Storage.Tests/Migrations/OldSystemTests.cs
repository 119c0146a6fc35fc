using Dapper;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Points;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Migrations;

/// <summary>Databases that the system before Podium has left, in the types that either engine gave them.</summary>
public sealed class OldSystemTests
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Open_OldTables_AreImportedAndKept(Engine engine)
    {
        using var place = new TestDatabase(engine);
        Prepare(place, engine == Engine.Postgres
            ? $"""
              CREATE TYPE training_status AS ENUM ('COMPLETED', 'RUNNING');
              CREATE TABLE local_training_jobs (id SERIAL PRIMARY KEY, job_id UUID NOT NULL UNIQUE, job_name VARCHAR(255), status training_status, total_steps INTEGER,
                best_eval_loss NUMERIC, best_epoch REAL, best_step BIGINT, best_checkpoint_path TEXT, config JSONB, gpu_total_memory_gb NUMERIC(6, 2), is_shared BOOLEAN,
                created_at TIMESTAMPTZ NOT NULL, started_at TIMESTAMP, "user" TEXT, tags TEXT[]);
              CREATE TABLE local_training_metrics (id BIGSERIAL PRIMARY KEY, job_id UUID NOT NULL REFERENCES local_training_jobs (job_id), step INTEGER NOT NULL, epoch REAL,
                train_loss DOUBLE PRECISION, eval_loss NUMERIC, grad_norm REAL, phase TEXT, is_final BOOLEAN, timestamp TIMESTAMPTZ DEFAULT now());
              INSERT INTO local_training_jobs (job_id, job_name, status, total_steps, best_eval_loss, best_epoch, best_step, best_checkpoint_path, config, gpu_total_memory_gb, is_shared, created_at, started_at, tags)
                VALUES ('{Id}', 'old', 'COMPLETED', 60, 1.9, 2.0, 20, '/old/checkpoint-20', '{"{"}"lr": 0.1{"}"}', 23.65, true, '2025-03-01T10:00:00Z', '2025-03-01 10:00:05', '{"{"}a{"}"}');
              INSERT INTO local_training_metrics (job_id, step, epoch, train_loss, eval_loss, grad_norm, phase, is_final, timestamp) VALUES
                ('{Id}', 20, 1, NULL, 1.9, NULL, 'eval', false, '2025-03-01T10:01:01Z'), ('{Id}', 10, 0.5, 2.0, NULL, 'NaN', 'train', false, '2025-03-01T10:00:30Z'),
                ('{Id}', 20, 1, 1.8, NULL, 0.5, 'train', false, '2025-03-01T10:01:00Z'), ('{Id}', 40, 2, 0.9, 'NaN', 0.4, 'eval', true, '2025-03-01T10:02:00Z');
              """
            : $"""
              CREATE TABLE local_training_jobs (id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL UNIQUE, job_name VARCHAR(255), status VARCHAR(20), total_steps INTEGER,
                best_eval_loss FLOAT, best_epoch FLOAT, best_step INTEGER, best_checkpoint_path TEXT, config JSON, gpu_total_memory_gb TEXT, is_shared BOOLEAN,
                created_at TIMESTAMP NOT NULL, started_at REAL, "user" TEXT);
              CREATE TABLE local_training_metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id), step INTEGER NOT NULL, epoch FLOAT,
                train_loss FLOAT, eval_loss FLOAT, grad_norm FLOAT, phase TEXT, is_final BOOLEAN, timestamp REAL);
              INSERT INTO local_training_jobs (job_id, job_name, status, total_steps, best_eval_loss, best_epoch, best_step, best_checkpoint_path, config, gpu_total_memory_gb, is_shared, created_at, started_at)
                VALUES ('{Id}', 'old', 'COMPLETED', 60, 1.9, 2.0, 20, '/old/checkpoint-20', '{"{"}"lr": 0.1{"}"}', '23.65', 1, '2025-03-01T10:00:00', 1740823205.5);
              INSERT INTO local_training_metrics (job_id, step, epoch, train_loss, eval_loss, grad_norm, phase, timestamp) VALUES
                ('{Id}', 20, 1, NULL, 1.9, NULL, 'eval', 1740823261.0), ('{Id}', 10, 0.5, 2.0, NULL, 'NaN', 'train', 1740823230.0),
                ('{Id}', 20, 1, 1.8, NULL, 0.5, 'train', 1740823260.0), ('{Id}', 40, 2, 0.9, 'NaN', 0.4, 'eval', 1740823320.0);
              """);

        await using var storage = PodiumStorage.Open(place.Open());

        var job = (await storage.Jobs.FindAsync(Id, default))!;
        (job.JobName, job.Status, job.TotalSteps, job.BestEvalLoss, job.BestEpoch, job.BestStep).ShouldBe(("old", JobStatus.Completed, 60, 1.9, 1, 20));
        // Ranked from its points: of what the old system called the best, nothing may be left that no listing has.
        job.BestCheckpointPath.ShouldBeNull();
        (job.LowestEvalLoss, job.LowestEvalLossStep).ShouldBe((1.9, 20));
        job.GpuTotalMemoryGb.ShouldBe(23.65);
        DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedAt).ShouldBe(new DateTimeOffset(2025, 3, 1, 10, 0, 0, TimeSpan.Zero));
        (await PointsAsync(storage, "loss")).ShouldBe([(10, 2.0), (20, 1.8), (40, 0.9)]);
        (await PointsAsync(storage, "eval_loss")).ShouldBe([(20, 1.9), (40, double.NaN)]);
        (await PointsAsync(storage, "grad_norm")).ShouldBe([(10, double.NaN), (20, 0.5), (40, 0.4)]);
        (await storage.Series.ListAsync(Id, default))!.Runs.ShouldHaveSingleItem().Keys.ShouldNotContain("phase");
        Count(place, "local_training_jobs_before_podium").ShouldBe(1);
        Count(place, "local_training_metrics_before_podium").ShouldBe(4);

        // And it goes on: the old points are part of the history that is ranked.
        await storage.Jobs.ReportAsync(new JobReport(Id, PointSource.Report, [new JobReportEntry(60, null, [new("loss", 0.8)]), new JobReportEntry(60, null, [new("eval_loss", 1.2)])]));
        await storage.Jobs.SaveCheckpointAsync(new CheckpointRow { JobId = Id, Path = "checkpoint-20", Step = 20, State = "complete" });
        await storage.Jobs.SaveCheckpointAsync(new CheckpointRow { JobId = Id, Path = "checkpoint-60", Step = 60, State = "complete" });
        job = (await storage.Jobs.FindAsync(Id, default))!;
        (job.BestCheckpointPath, job.BestEvalLoss, job.LowestEvalLossStep).ShouldBe(("checkpoint-60", 1.2, 60));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Open_OldTablesWithFewColumns_AreImportedAsFarAsTheyGo(Engine engine)
    {
        using var place = new TestDatabase(engine);
        Prepare(place, """
            CREATE TABLE local_training_jobs (job_id TEXT, model_name TEXT);
            CREATE TABLE local_training_metrics (job_id TEXT, eval_loss REAL, step TEXT);
            INSERT INTO local_training_jobs VALUES ('a', 'gpt2'), (NULL, 'nameless'), ('a', 'again'), ('', 'empty');
            INSERT INTO local_training_metrics VALUES ('a', 1.5, '10'), ('a', 2.5, 'not a step'), ('a', 3.5, NULL), ('unknown', 1.0, '10');
            """);

        await using var storage = PodiumStorage.Open(place.Open());

        var (jobs, total) = await storage.Jobs.ListAsync(new JobQuery(), default);
        total.ShouldBe(1);
        (jobs[0].JobId, jobs[0].ModelName, jobs[0].Status).ShouldBe(("a", "gpt2", JobStatus.Completed));
        (await PointsAsync(storage, "eval_loss", "a")).ShouldBe([(10, 1.5)]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Open_OldStatuses_AreOursOrWarnedOf(Engine engine)
    {
        using var place = new TestDatabase(engine);
        Prepare(place, """
            CREATE TABLE local_training_jobs (job_id TEXT, status TEXT, error TEXT, completed_at TEXT, warning TEXT);
            INSERT INTO local_training_jobs VALUES ('a', 'Running', NULL, NULL, NULL), ('b', 'SUCCEEDED', NULL, NULL, NULL), ('c', ' canceled ', NULL, NULL, NULL),
              ('d', 'zombie', NULL, NULL, 'odd.'), ('e', 'zombie', 'out of memory', NULL, NULL), ('f', 'zombie', NULL, '2025-03-01T10:00:00Z', NULL), ('g', '', NULL, NULL, NULL);
            """);

        await using var storage = PodiumStorage.Open(place.Open());

        var jobs = (await storage.Jobs.ListAsync(new JobQuery(), default)).Jobs.ToDictionary(job => job.JobId);
        string[] statuses = [.. jobs.OrderBy(job => job.Key).Select(job => job.Value.Status)];
        statuses.ShouldBe([JobStatus.Running, JobStatus.Completed, JobStatus.Cancelled, JobStatus.Paused, JobStatus.Failed, JobStatus.Completed, JobStatus.Completed]);
        jobs["d"].Warning.ShouldNotBeNull().ShouldStartWith("odd. The old system called its status 'zombie'");
        jobs.Values.Count(job => job.WarningCode == "old-status").ShouldBe(3);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "CREATE TABLE local_training_jobs (job_id TEXT, status TEXT); CREATE TABLE local_training_metrics (job_id TEXT, step INTEGER, train_loss REAL)")]
    [InlineData(Engine.Postgres, "CREATE TABLE local_training_jobs (job_id UUID PRIMARY KEY, status TEXT); CREATE TABLE local_training_metrics (job_id UUID, step INTEGER, train_loss REAL)")]
    [InlineData(Engine.Sqlite, "CREATE TABLE local_training_jobs (job_id TEXT); CREATE TABLE local_training_metrics (note TEXT)")]
    [InlineData(Engine.Postgres, "CREATE TABLE local_training_jobs (job_id TEXT); CREATE TABLE local_training_metrics (note TEXT)")]
    [InlineData(Engine.Sqlite, "CREATE TABLE local_training_metrics (job_id TEXT, step INTEGER)")]
    [InlineData(Engine.Postgres, "CREATE TABLE local_training_metrics (job_id TEXT, step INTEGER)")]
    public async Task Open_OldTablesWithoutRows_AreSetAside(Engine engine, string tables)
    {
        using var place = new TestDatabase(engine);
        Prepare(place, tables);

        await using var storage = PodiumStorage.Open(place.Open());

        (await storage.Jobs.ListAsync(new JobQuery(), default)).Total.ShouldBe(0);
        Count(place, "local_training_metrics_before_podium").ShouldBe(0);
    }

    private static void Prepare(TestDatabase place, string script)
    {
        using var writer = place.Open().OpenWriter();
        writer.Execute(script);
    }

    private static long Count(TestDatabase place, string table)
    {
        using var reader = place.Open().OpenWriter();
        return reader.ExecuteScalar<long>($"SELECT COUNT(*) FROM {table}");
    }

    private static async Task<(long, double)[]> PointsAsync(PodiumStorage storage, string key, string job = Id)
    {
        var answer = (await storage.Series.ReadAsync(new SeriesRequest(job, [key]), default))!;
        return [.. answer.Series.Single().Points.Select(point => (point.Step, point.Value))];
    }
}
