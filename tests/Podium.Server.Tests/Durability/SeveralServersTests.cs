using Podium.Server.Tests.Live;

namespace Podium.Server.Tests.Durability;

/// <summary>Two processes on one PostgreSQL, to which the same jobs are told in turn.</summary>
public sealed class SeveralServersTests
{
    [Fact]
    public async Task Report_ToTwoServersInTurn_BothNameTheSameBest()
    {
        using var database = TestPostgres.Make();
        using var oneData = new TemporaryFolder();
        using var otherData = new TemporaryFolder();
        await using var one = new ServerProcess(oneData.Path, database.Connection);
        await using var other = new ServerProcess(otherData.Path, database.Connection);
        var cancellation = TestContext.Current.CancellationToken;
        await Task.WhenAll(one.StartAsync(), other.StartAsync());
        var jobs = Enumerable.Range(0, 8).Select(i => new NumberedJob($"job-{i}", i)).ToArray();
        foreach (var job in jobs) await job.CreateAsync(one.Client, cancellation);

        await Task.WhenAll(jobs.Select(job => Task.Run(() => job.ReportAsync([one.Client, other.Client], done => done < 60, cancellation), cancellation)));

        foreach (var job in jobs)
        {
            job.Refusals.ShouldBeEmpty();
            await job.ShouldBeRankedByAsync(one.Client);
            await job.ShouldBeRankedByAsync(other.Client);
            StoredNumbers.Of("", database.Connection, job.Id).ShouldBe(Enumerable.Range(1, 60).Select(number => (long)number), job.Id);
        }
    }
}
