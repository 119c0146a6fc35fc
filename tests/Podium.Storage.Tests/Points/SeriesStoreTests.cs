using Podium.Downsampling;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Points;

namespace Podium.Storage.Tests.Points;

public sealed class SeriesStoreTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Read_SeveralAtOneStep_GivesTheMostTrustedAndOfThoseTheNewest(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync(PointSource.StateFile, (10, "x", 1.0));
        await series.ReportAsync(PointSource.Report, (10, "x", 2.0), (20, "x", double.NaN));
        await series.ReportAsync(PointSource.EventFile, (20, "x", 5.0), (30, "x", 6.0));
        await series.ReportAsync(PointSource.EventFile, (30, "x", 7.0));

        (await series.ReadAsync("x")).ShouldBe([new(10, 1.0), new(20, double.NaN), new(30, 7.0)]);
        (await series.ReadAsync("x", from: 20, to: 29)).ShouldBe([new(20, double.NaN)]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Read_RunsThatForked_TakesWhatCameBeforeFromTheParents(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync((10, "loss", 3), (20, "loss", 2), (30, "loss", 1));
        await series.ReportAsync((20, "loss", 2.5), (30, "loss", 1.5), (35, "loss", 1.4));
        await series.ReportAsync((30, "loss", 1.75), (40, "loss", 1.25), (15, "x", 9));
        await series.ReportAsync((10, "x", 8));
        await series.ReportAsync(PointSource.StateFile, (10, "loss", 3.25));

        (await series.ReadAsync("loss", run: 1)).ShouldBe([new(10, 3), new(20, 2), new(30, 1)]);
        (await series.ReadAsync("loss", run: 2)).ShouldBe([new(10, 3), new(20, 2.5), new(30, 1.5), new(35, 1.4)]);
        // What comes late to the newest run is its own, also below where it forked.
        (await series.ReadAsync("loss")).ShouldBe([new(10, 3.25), new(20, 2.5), new(30, 1.75), new(40, 1.25)]);
        var list = (await series.Storage.Series.ListAsync("a", default))!;
        list.Runs.Select(run => (run.Run.Run, run.Run.ParentRun, run.Run.FromStep)).ShouldBe([(1, null, null), (2, 1, 20L), (3, 2, 30L)]);
        list.Runs.Select(run => string.Join(' ', run.Keys)).ShouldBe(["loss", "loss", "loss x"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Read_OfNothing_IsEmptyAndOfNoJobNull(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);

        (await series.Storage.Series.ReadAsync(new SeriesRequest("a", ["x"]), default))!.Series.ShouldBeEmpty();
        (await series.Storage.Series.ReadAsync(new SeriesRequest("b", ["x"]), default)).ShouldBeNull();
        (await series.Storage.Series.VersionAsync("b", default)).ShouldBeNull();
        (await series.Storage.Series.ListAsync("b", default)).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Version_SamePointAgain_StaysAndAnotherChangesIt(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync((10, "x", 1));
        var version = await series.Storage.Series.VersionAsync("a", default);

        await series.ReportAsync((10, "x", 1));
        (await series.Storage.Series.VersionAsync("a", default)).ShouldBe(version);
        await series.ReportAsync((10, "x", 2));
        (await series.Storage.Series.VersionAsync("a", default)).ShouldNotBe(version);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ReadMLflowHistory_StepsUpAndDown_GivesAllInTheOrderOfArrivalByPages(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        for (var i = 0; i < 30; i++) await series.ReportAsync(PointSource.MLflow, (i * 7 % 10, "x", i), (i, "y", 0));
        await series.ReportAsync(PointSource.Report, (5, "x", -1));

        List<double> values = [];
        for (var after = 0L; ;)
        {
            var page = await series.Storage.Series.ReadMLflowHistoryAsync("a", "x", after, 8, default);
            if (page.Count == 0) break;
            page.Count.ShouldBeLessThanOrEqualTo(8);
            values.AddRange(page.Select(point => point.Value));
            after = page[^1].Seq;
        }

        values.ShouldBe(Enumerable.Range(0, 30).Select(i => (double)i));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task ReadLatest_SeveralAtTheHighestStep_GivesTheOneOfTheLatestTimeThenTheHighestValue(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        foreach (var (step, time, value) in ((long, long?, double)[])[(7, 99, 100), (8, 20, 1), (8, 30, 2), (8, 30, 3), (8, null, 9), (8, 30, double.NaN)])
            await series.Storage.Jobs.ReportAsync(new JobReport("a", PointSource.MLflow, [new JobReportEntry(step, time, [new("x", value)])]));
        await series.ReportAsync((1, "y", double.NaN));

        (await series.Storage.Series.ReadLatestAsync("a", default)).Select(point => (point.Key, point.Step, point.Time, point.Value))
            .ShouldBe([("x", 8, 30, 3), ("y", 1, null, double.NaN)]);
    }

    [Fact]
    public async Task Read_MoreThanTheLimit_KeepsASpikeOfOnePoint()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        await series.ReportAsync("x", 0, 20_000, step => step == 12_345 ? 100 : Math.Sin(step));
        await series.PackAsync("x");

        var points = await series.ReadAsync("x", maxPoints: 200);

        points.Length.ShouldBeInRange(100, 200);
        points.ShouldContain(new SeriesPoint(12_345, 100));
    }
}
