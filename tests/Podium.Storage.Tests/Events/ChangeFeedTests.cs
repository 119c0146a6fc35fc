using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Events;
using Podium.Storage.Jobs;
using Podium.Storage.Tests.Material;
using Podium.Storage.Tests.Points;

namespace Podium.Storage.Tests.Events;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task Watch_OfOneJob_HearsOfItAloneAndKeepsTheNewest()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        using var watch = series.Storage.Changes.Watch("a");
        await series.Storage.Jobs.CreateAsync(new JobRow { JobId = "b", Status = JobStatus.Pending });
        for (var step = 1; step <= 50; step++) await series.ReportAsync((step, "loss", step));

        var change = await watch.Changes.ReadAsync(TestContext.Current.CancellationToken);
        change.JobId.ShouldBe("a");
        change.Seq.ShouldBe((await series.Storage.Jobs.FindAsync("a", default))!.Seq);
        watch.Changes.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task WatchAll_NobodyReads_TheWriterDoesNotWaitAndTheNewestAreKept()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        using var watch = series.Storage.Changes.WatchAll();
        for (var i = 0; i < 10_000; i++) series.Storage.Changes.Publish("x", i);

        watch.Changes.Count.ShouldBeLessThan(10_000);
        await series.ReportAsync((1, "loss", 1));
        (await watch.Changes.ReadAllAsync(TestContext.Current.CancellationToken).FirstAsync(change => change.JobId == "a", TestContext.Current.CancellationToken)).Seq.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Watch_WriteAtAnotherServer_IsHeardOf()
    {
        using var database = new TestDatabase(Engine.Postgres);
        await using var here = PodiumStorage.Open(database.Open());
        await using var there = PodiumStorage.Open(database.Open());
        using var watch = here.Changes.Watch("a");
        await there.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        await there.Jobs.ReportAsync(new JobReport("a", PointSource.Report, [new(1, null, [new("loss", 2.0)])]));

        var seq = (await there.Jobs.FindAsync("a", default))!.Seq;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while ((await watch.Changes.ReadAsync(patience.Token)).Seq is var heard && heard < seq)
        {
        }
    }

    [Fact]
    public async Task WatchAll_NobodyReads_SaysThatSomeWereMissedAndThenNoMore()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        using var watch = series.Storage.Changes.WatchAll();
        watch.TakeMissed().ShouldBeFalse();
        for (var i = 0; i < 10_000; i++) series.Storage.Changes.Publish("x", i);

        watch.TakeMissed().ShouldBeTrue();
        watch.TakeMissed().ShouldBeFalse();
    }

    [Fact]
    public async Task WakeAll_WhoeverWatches_IsToldToLook()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        using var one = series.Storage.Changes.Watch("a");
        using var all = series.Storage.Changes.WatchAll();

        series.Storage.Changes.WakeAll();

        one.Changes.TryRead(out var ofOne).ShouldBeTrue();
        ofOne.ShouldBe(new JobChange("a", long.MaxValue));
        all.Changes.TryRead(out var ofAll).ShouldBeTrue();
        ofAll.ShouldBe(new JobChange("", long.MaxValue));
    }
}
