using Podium.Downsampling;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;

namespace Podium.Storage.Tests.Points;

public sealed class StoredPointsTests
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_ManyPointsAgain_KeepsEachOnceAndTakesWhatIsNew(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync("x", 0, 3000, Value);
        var version = await series.Storage.Series.VersionAsync("a", default);

        await series.ReportAsync("x", 0, 3000, Value);
        (await series.Storage.Series.VersionAsync("a", default)).ShouldBe(version);

        await series.ReportAsync("x", 0, 3001, step => step == 1234 ? -1 : Value(step));
        (await series.CountAsync()).ShouldBe(3002);
        (await series.ReadAsync("x")).ShouldBe(Enumerable.Range(0, 3001).Select(step => new SeriesPoint(step, step == 1234 ? -1 : Value(step))));

        static double Value(long step) => step % 100 == 7 ? double.NaN : step;
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_ManyAtOneStepTwice_KeepsEachOnce(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        var report = new JobReport("a", PointSource.MLflow, [.. Enumerable.Range(0, 100).Select(i => new JobReportEntry(i < 50 ? 0 : 1, i / 2, [new("x", i % 2)]))]);

        await series.Storage.Jobs.ReportAsync(report);
        await series.Storage.Jobs.ReportAsync(report);

        (await series.CountAsync()).ShouldBe(100);
    }
}
