using System.Text.Json;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Points;

namespace Podium.Storage.Tests.Events;

public sealed class EventStoreTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Read_JobWithABest_TellsWhatHappenedInOrderAndWhoDidIt(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        var jobs = series.Storage.Jobs;
        await jobs.ReportAsync(new JobReport("a", PointSource.Report, [new(20, null, [new("loss", 1.8), new("epoch", 1.0)]), new(20, null, [new("eval_loss", 1.9), new("epoch", 1.0)])]), "trainer");
        await SaveAsync(jobs, 20);
        await series.ReportAsync((40, "loss", 0.9), (40, "eval_loss", 1.85));
        await SaveAsync(jobs, 40);
        await jobs.ChangeAsync("a", row => row.Strategy = "eval-loss", "ann");
        await jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = "checkpoint-40", Step = 40, State = "complete", GoneAt = 5 });

        var events = await series.Storage.Events.ReadAsync("a", 0, 100, default);
        events.Select(one => one.Kind).ShouldBe([
            EventKind.JobCreated, EventKind.RunStarted, EventKind.StatusChanged, EventKind.CheckpointSaved, EventKind.NewBest,
            EventKind.CheckpointSaved, EventKind.StrategyChanged, EventKind.NewBest, EventKind.CheckpointGone, EventKind.NewBest,
        ]);
        events.Select(one => one.Seq).ShouldBeInOrder();
        events.Select(one => one.Seq).ShouldBeUnique();
        events[1].Actor.ShouldBe("trainer");
        events[6].Actor.ShouldBe("ann");
        var strategy = Data(events[6]);
        strategy.GetProperty("from").GetString().ShouldBe("multi-metric");
        strategy.GetProperty("to").GetString().ShouldBe("eval-loss");
        strategy.GetProperty("previous_path").GetString().ShouldBe("checkpoint-20");
        var best = Data(events[7]);
        best.GetProperty("path").GetString().ShouldBe("checkpoint-40");
        best.GetProperty("previous_path").GetString().ShouldBe("checkpoint-20");
        best.GetProperty("score").GetDouble().ShouldBe(1.85);
        best.GetProperty("previous_score").GetDouble().ShouldBe(1.9);
        best.GetProperty("step").GetInt64().ShouldBe(40);
        Data(events[9]).GetProperty("path").GetString().ShouldBe("checkpoint-20");

        (await series.Storage.Events.ReadAsync("a", events[3].Seq, 2, default)).ShouldBe(events.Skip(4).Take(2));
        (await series.Storage.Events.ReadNewestAsync("a", long.MaxValue, 2, default)).ShouldBe([events[9], events[8]]);
        (await jobs.FindAsync("a", default))!.Seq.ShouldBe(events[^1].Seq);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_StrategyThatCannotRank_WarnsOnceAndTakesItBack(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        var jobs = series.Storage.Jobs;
        await series.ReportAsync((10, "loss", 2.0));
        (await jobs.FindAsync("a", default))!.Warning.ShouldBeNull();
        await SaveAsync(jobs, 10);
        var row = (await jobs.FindAsync("a", default))!;
        row.Warning.ShouldNotBeNull();
        row.WarningCode.ShouldBe("no-evaluation");

        await series.ReportAsync((20, "loss", 1.9));
        await series.ReportAsync((20, "eval_loss", 1.9));
        (await jobs.FindAsync("a", default))!.Warning.ShouldBeNull();
        (await series.Storage.Events.ReadAsync("a", 0, 100, default)).Count(one => one.Kind == EventKind.Warning).ShouldBe(1);

        await jobs.ChangeAsync("a", changed => changed.Warning = "somebody else's");
        await series.ReportAsync((30, "eval_loss", 1.8));
        (await jobs.FindAsync("a", default))!.Warning.ShouldBe("somebody else's");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ReadDelta_InParts_HasEveryPointAndEventOnce(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        for (var i = 0; i < 150; i++)
        {
            await series.ReportAsync("loss", i * 100, 100, step => step);
            if (i % 10 == 0) await series.ReportAsync((i * 100, "eval_loss", i));
        }

        HashSet<(string, long, double)> points = [];
        List<JobEvent> events = [];
        var (after, parts) = (0L, 0);
        for (JobDelta delta; ; after = delta.To, parts++)
        {
            delta = (await series.Storage.Events.ReadDeltaAsync("a", after, default))!;
            events.AddRange(delta.Events);
            foreach (var one in delta.Points)
                foreach (var (step, value) in one.Points)
                    points.Add((one.Key, step, value)).ShouldBeTrue();
            if (delta.IsAll) break;
        }

        parts.ShouldBeGreaterThan(1);
        points.Count.ShouldBe(15_015);
        events.ShouldBe(await series.Storage.Events.ReadAsync("a", 0, 1000, default));
        (await series.Storage.Events.ReadDeltaAsync("none", 0, default)).ShouldBeNull();
    }

    private static Task<bool> SaveAsync(JobStore jobs, long step) => jobs.SaveCheckpointAsync(new CheckpointRow { JobId = "a", Path = $"checkpoint-{step}", Step = step, State = "complete" });

    private static JsonElement Data(JobEvent happened) => JsonElement.Parse(happened.Data);
}
