using System.Net;

namespace Podium.Server.Tests.Durability;

/// <summary>A disk without room: reports are refused, what was acknowledged stays, and with room it goes on.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Report_NoRoomLeft_IsRefusedUntilThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        var (code, _) = await Commands.RunAsync("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder.Path);
        if (code != 0) Assert.Skip("needs to mount a small tmpfs, which takes root");
        try
        {
            await FillAsync(folder.Path);
        }
        finally
        {
            await Commands.RunAsync("umount", "-l", folder.Path);
        }
    }

    private static async Task FillAsync(string data)
    {
        await using var server = new ServerProcess(data);
        var cancellation = TestContext.Current.CancellationToken;
        await server.StartAsync();
        var job = new NumberedJob("job", 1);
        await job.CreateAsync(server.Client, cancellation);
        await job.ReportAsync([server.Client], done => done < 20, cancellation);

        var filler = Path.Combine(data, "filler");
        Fill(filler);
        var reporting = Task.Run(() => job.ReportAsync([server.Client], done => done < 3000 && job.Refusals.Count < 3, cancellation), cancellation);
        while (!reporting.IsCompleted && job.Refusals.Count < 3) await Task.Delay(50, cancellation);
        File.Delete(filler);
        await reporting;
        await job.ReportAsync([server.Client], _ => job.Acknowledged % 50 != 0, cancellation);

        job.Refusals.ShouldNotBeEmpty();
        job.Refusals.ShouldAllBe(refusal => (refusal.Status == HttpStatusCode.InsufficientStorage || refusal.Status == HttpStatusCode.ServiceUnavailable) && refusal.IsProblem);
        await job.ShouldBeRankedByAsync(server.Client);
        await server.KillAsync();
        StoredNumbers.Of(data, null, job.Id).ShouldBe(Enumerable.Range(1, job.Acknowledged).Select(number => (long)number));
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            for (; ; ) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // That is what was wanted.
        }
    }
}
