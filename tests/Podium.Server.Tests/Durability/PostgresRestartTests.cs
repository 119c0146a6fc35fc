using System.Net;

namespace Podium.Server.Tests.Durability;

/// <summary>A PostgreSQL that breaks off and comes back while trainers report.</summary>
public sealed class PostgresRestartTests
{
    [Fact]
    public async Task Report_WhilePostgresRestarts_Is503AndClientsCatchUp()
    {
        var script = Path.Combine(Environment.GetEnvironmentVariable("PODIUM_CHECKOUT") ?? "", "eng", "test-postgres");
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("PODIUM_TEST_POSTGRES")) || !File.Exists(script)) Assert.Skip("needs a PostgreSQL: ./test.sh installs one and says where in PODIUM_TEST_POSTGRES");
        var folder = Path.Combine(Path.GetTempPath(), $"podium-postgres-{Guid.NewGuid():n}");
        var (code, connection) = await Commands.RunAsync(script, "start", folder);
        code.ShouldBe(0);
        try
        {
            await RestartUnderLoadAsync(connection, async () => (await Commands.RunAsync(script, "restart", folder)).Code.ShouldBe(0));
        }
        finally
        {
            await Commands.RunAsync(script, "stop", folder);
        }
    }

    private static async Task RestartUnderLoadAsync(string connection, Func<Task> restart)
    {
        using var data = new TemporaryFolder();
        await using var server = new ServerProcess(data.Path, connection);
        var cancellation = TestContext.Current.CancellationToken;
        await server.StartAsync();
        var jobs = Enumerable.Range(0, 8).Select(i => new NumberedJob($"job-{i}", i)).ToArray();
        foreach (var job in jobs) await job.CreateAsync(server.Client, cancellation);

        var isOver = false;
        var reporting = jobs.Select(job => Task.Run(() => job.ReportAsync([server.Client], _ => !Volatile.Read(ref isOver), cancellation), cancellation)).ToArray();
        await Task.Delay(1000, cancellation);
        await restart();
        await Task.Delay(2000, cancellation);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(reporting);

        var refusals = jobs.SelectMany(job => job.Refusals).Distinct().ToArray();
        refusals.ShouldBe([(HttpStatusCode.ServiceUnavailable, true, true)]);
        foreach (var job in jobs)
        {
            await job.ShouldBeRankedByAsync(server.Client);
            StoredNumbers.Of(data.Path, connection, job.Id).ShouldBe(Enumerable.Range(1, job.Acknowledged).Select(number => (long)number), job.Id);
        }
    }
}
