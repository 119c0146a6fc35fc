using Dapper;
using Podium.Downsampling;
using Podium.Reports;
using Podium.Storage.Databases;
using Podium.Storage.Jobs;
using Podium.Storage.Points;
using Podium.Storage.Tests.Material;

namespace Podium.Storage.Tests.Points;

/// <summary>A storage with a job "a", and what tests of its series ask again and again.</summary>
internal sealed class StoredSeries : IAsyncDisposable
{
    private readonly TestDatabase _test;
    private readonly Database _database;

    private StoredSeries(TestDatabase test)
    {
        _test = test;
        _database = test.Open();
        Storage = PodiumStorage.Open(_database);
    }

    public PodiumStorage Storage { get; }

    public static async Task<StoredSeries> MakeAsync(Engine engine)
    {
        var made = new StoredSeries(new TestDatabase(engine));
        await made.Storage.Jobs.CreateAsync(new JobRow { JobId = "a", Status = JobStatus.Pending });
        return made;
    }

    public Task<bool> ReportAsync(params (long Step, string Key, double Value)[] points) => ReportAsync(PointSource.Report, points);

    public Task<bool> ReportAsync(PointSource source, params (long Step, string Key, double Value)[] points) =>
        Storage.Jobs.ReportAsync(new JobReport("a", source, [.. points.Select(point => new JobReportEntry(point.Step, null, [new(point.Key, point.Value)]))]));

    /// <summary>Reports a metric at each step of a range, in one call.</summary>
    public Task<bool> ReportAsync(string key, int from, int count, Func<long, double> value) =>
        ReportAsync(PointSource.Report, [.. Enumerable.Range(from, count).Select(step => ((long)step, key, value(step)))]);

    public async Task<SeriesPoint[]> ReadAsync(string key, int? run = null, long from = long.MinValue, long to = long.MaxValue, int maxPoints = int.MaxValue)
    {
        var answer = await Storage.Series.ReadAsync(new SeriesRequest("a", [key]) { Run = run, From = from, To = to, MaxPoints = maxPoints }, default);
        return answer!.Series is [var series] ? [.. series.Points] : [];
    }

    public async Task PackAsync(string key)
    {
        long[] series;
        await using (var connection = await _database.OpenReaderAsync(default))
            series = [.. await connection.QueryAsync<long>("SELECT id FROM series WHERE job_id = 'a' AND key = @key", new { key })];
        foreach (var one in series) await Storage.Packer.PackAsync("a", one);
    }

    /// <summary>How many points are packed.</summary>
    public async Task<long> PackedAsync()
    {
        await using var connection = await _database.OpenReaderAsync(default);
        return await connection.ExecuteScalarAsync<long>("SELECT COALESCE(SUM(count), 0) FROM point_blocks");
    }

    /// <summary>How many points are stored.</summary>
    public async Task<long> CountAsync()
    {
        await using var connection = await _database.OpenReaderAsync(default);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM points");
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        _test.Dispose();
    }
}
