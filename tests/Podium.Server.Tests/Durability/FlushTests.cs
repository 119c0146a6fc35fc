namespace Podium.Server.Tests.Durability;

/// <summary>Every acknowledgement has been preceded by a flush of the disk.</summary>
public sealed class FlushTests
{
    private const int Reports = 50;

    [Fact]
    public async Task Report_OneAtATime_FlushesTheDiskEachTime()
    {
        if ((await Commands.RunAsync("strace", "-V")).Code != 0) Assert.Skip("needs strace");
        using var data = new TemporaryFolder();
        var log = Path.Combine(data.Path, "flushes");
        // -D: the server is our own child and strace beside it, so that the one that is killed is the server.
        await using var server = new ServerProcess(data.Path, null, "strace", "-D", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", log);
        await server.StartAsync();
        var job = new NumberedJob("job", 1);
        await job.CreateAsync(server.Client, TestContext.Current.CancellationToken);
        if (!File.Exists(log)) Assert.Skip("needs strace to be allowed to trace");
        var before = Flushes(log);

        for (var i = 0; i < Reports; i++) await job.ReportOneAsync([server.Client], TestContext.Current.CancellationToken);

        (Flushes(log) - before).ShouldBeGreaterThanOrEqualTo(Reports);
    }

    private static int Flushes(string log)
    {
        using var text = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var count = 0;
        while (text.ReadLine() is { } line)
            if (line.Contains("sync(", StringComparison.Ordinal))
                count++;
        return count;
    }
}
