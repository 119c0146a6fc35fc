using Podium.Server.Tests.Live;

namespace Podium.Server.Tests.Durability;

/// <summary>A server that is killed at any moment has lost nothing that it acknowledged.</summary>
public sealed class KilledServerTests
{
    private const int Clients = 8;
    private const int Seed = 20_261;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Kill_ThreeTimes_LosesNothing(bool postgres) => KillAsync(postgres, 3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Category", "Slow")]
    public Task Kill_TwentyTimes_LosesNothing(bool postgres) => KillAsync(postgres, 20);

    private static async Task KillAsync(bool postgres, int times)
    {
        using var data = new TemporaryFolder();
        using var database = postgres ? TestPostgres.Make() : null;
        await using var server = new ServerProcess(data.Path, database?.Connection);
        var cancellation = TestContext.Current.CancellationToken;
        var random = new Random(Seed + times);
        var jobs = Enumerable.Range(0, Clients).Select(i => new NumberedJob($"job-{i}", Seed + i)).ToArray();
        await server.StartAsync();
        foreach (var job in jobs) await job.CreateAsync(server.Client, cancellation);

        var isOver = false;
        var reporting = jobs.Select(job => Task.Run(() => job.ReportAsync([server.Client], _ => !Volatile.Read(ref isOver), cancellation), cancellation)).ToArray();
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(random.Next(50, 1500), cancellation);
            await server.KillAsync();
            await server.StartAsync();
        }

        await Task.Delay(500, cancellation);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(reporting);

        jobs.Sum(job => job.Acknowledged).ShouldBeGreaterThan(Clients * 5, "there was no load");
        foreach (var job in jobs)
        {
            await job.ShouldBeRankedByAsync(server.Client);
            StoredNumbers.Of(data.Path, database?.Connection, job.Id).ShouldBe(Enumerable.Range(1, job.Acknowledged).Select(number => (long)number), job.Id);
        }
    }
}
