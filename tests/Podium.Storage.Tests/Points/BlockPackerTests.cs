using Podium.Downsampling;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Points;

namespace Podium.Storage.Tests.Points;

public sealed class BlockPackerTests
{
    private const int Count = 3 * PointBlock.Length + 100;

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Pack_LongSeries_LeavesTheNewestOpenAndReadsTheSame(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync("x", 0, Count, step => step % 1000 == 0 ? double.NaN : step);
        var before = await series.ReadAsync("x");

        await series.PackAsync("x");

        (await series.PackedAsync()).ShouldBe(2 * PointBlock.Length);
        (await series.ReadAsync("x")).ShouldBe(before);
        foreach (var (from, to) in ((long, long)[])[(0, 0), (100, 5000), (4095, 4096), (4096, 4096), (8000, 9000), (8192, 99_999), (50_000, 60_000)])
            (await series.ReadAsync("x", from: from, to: to)).ShouldBe(before.Where(point => point.Step >= from && point.Step <= to));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Report_LateIntoAPackedStretch_UnpacksFromThereOn(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync("x", 0, Count, step => step);
        await series.PackAsync("x");

        await series.ReportAsync(PointSource.StateFile, (PointBlock.Length + 5, "x", -1));

        (await series.PackedAsync()).ShouldBe(PointBlock.Length);
        var expected = Enumerable.Range(0, Count).Select(step => new SeriesPoint(step, step == PointBlock.Length + 5 ? -1 : step)).ToArray();
        (await series.ReadAsync("x")).ShouldBe(expected);
        await series.PackAsync("x");
        (await series.PackedAsync()).ShouldBe(2 * PointBlock.Length);
        (await series.ReadAsync("x")).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Read_PackedRunsThatForked_TakesTheMostTrustedOfBoth(Engine engine)
    {
        await using var series = await StoredSeries.MakeAsync(engine);
        await series.ReportAsync("loss", 1, Count, step => step);
        await series.ReportAsync("loss", 5000, Count, step => -step);
        await series.ReportAsync(PointSource.StateFile, (10, "loss", 0.5), (4097, "loss", 0.25));
        await series.ReportAsync(PointSource.Console, (11, "loss", 0.5));
        await series.PackAsync("loss");

        var expected = Enumerable.Range(1, 4999).Select(step => new SeriesPoint(step, step is 10 ? 0.5 : step is 4097 ? 0.25 : step))
            .Concat(Enumerable.Range(5000, Count).Select(step => new SeriesPoint(step, -step)));
        (await series.ReadAsync("loss", run: 2)).ShouldBe(expected);
    }

    [Fact]
    public async Task Report_LongSeries_IsPackedBehindItByItself()
    {
        await using var series = await StoredSeries.MakeAsync(Engine.Sqlite);
        await series.ReportAsync("x", 0, Count, step => step);

        for (var i = 0; i < 200 && await series.PackedAsync() == 0; i++) await Task.Delay(50, TestContext.Current.CancellationToken);

        (await series.PackedAsync()).ShouldBe(2 * PointBlock.Length);
    }
}
