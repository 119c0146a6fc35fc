using Podium.Cli.Tests.Material;

namespace Podium.Cli.Tests.Watching;

public sealed class FullDiskTests
{
    [Fact]
    public async Task Keep_DiskFull_SaysSo_LeavesNoPart_AndKeepsWhenThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        if (!OperatingSystem.IsLinux() || !await ProcessRun.WorksAsync("mount", "-t", "tmpfs", "-o", "size=6m", "podium-test", folder.Path)) Assert.Skip("a small file system cannot be mounted here");
        try
        {
            var run = new WatchedRun(Path.Combine(folder.Path, "run")) { Numbers = 500_000 };
            run.Save(10, 1);
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "other"), new byte[3_000_000], TestContext.Current.CancellationToken);
            using var watch = WatchProcess.Start(run.Path, "--keep-best", "1");
            await watch.UntilPrintedAsync("checkpoint-10 could not be kept");
            await watch.UntilAsync(() => run.Kept().Length == 0, "the part that was copied to be gone");
            File.Delete(Path.Combine(folder.Path, "other"));
            await File.WriteAllTextAsync(Path.Combine(run.Path, "a-change"), "", TestContext.Current.CancellationToken);
            await watch.UntilPrintedAsync("kept .podium/kept/checkpoint-10");

            // Told once, however often it was tried.
            watch.Output.Lines().Count(line => line.Contains("could not be kept", StringComparison.Ordinal)).ShouldBe(1);
        }
        finally
        {
            (await ProcessRun.StartAsync("umount", ["-l", folder.Path])).ShouldExitWith(0);
        }
    }
}
