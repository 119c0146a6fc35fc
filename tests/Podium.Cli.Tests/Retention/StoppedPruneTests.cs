using System.Diagnostics;

namespace Podium.Cli.Tests.Retention;

/// <summary>What a prune that ends before its time leaves behind.</summary>
public sealed class StoppedPruneTests
{
    private const int Checkpoints = 60;
    private const int FilesOfACheckpoint = 30;

    // About as long as the deletions take; most kills come early in it.
    private const int LongestDelay = 45;

    [Fact]
    public Task Prune_KilledAtRandomMoments_LeavesNoHalfCheckpoint() => KillAsync(kills: 5, seed: 7);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Prune_KilledFiftyTimes_LeavesNoHalfCheckpoint() => KillAsync(kills: 50, seed: 11);

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Prune_AskedToStop_EndsBetweenTwoAndSaysWhatWasDone(string signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs Unix signals");
        using var folder = Many();
        var path = folder.Full("run");
        using var process = Start(path);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (Directory.Exists(Path.Combine(path, "checkpoint-10")) && !process.HasExited) await Task.Delay(1, TestContext.Current.CancellationToken);
        (await ProcessRun.StartAsync("kill", [$"-{signal}", $"{process.Id}"])).ExitCode.ShouldBe(0);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(130, await output);
        (await output).ShouldContain("Stopped before all was done. Deleted");
        folder.Names("run").ShouldNotContain(name => name.StartsWith(".podium-trash-", StringComparison.Ordinal));
        folder.Names("run").Length.ShouldBeInRange(3, Checkpoints - 1);
    }

    private static async Task KillAsync(int kills, int seed)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs Unix signals");
        var random = new Random(seed);
        using var folder = Many();
        var whole = Sizes(folder.Full("run"));
        string[] kept = ["checkpoint-300", $"checkpoint-{10 * Checkpoints}"];
        var midway = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            // One folder a kill: each time there is as much to delete.
            using var again = Many();
            var path = again.Full("run");
            using (var process = Start(path))
            {
                // It begins to delete some time after its start; from then on any moment will do.
                while (!process.HasExited && Directory.Exists(Path.Combine(path, "checkpoint-10"))) await Task.Delay(1, TestContext.Current.CancellationToken);
                var watch = Stopwatch.StartNew();
                var delay = TimeSpan.FromMilliseconds(random.NextDouble() * random.NextDouble() * LongestDelay);
                while (watch.Elapsed < delay) await Task.Yield();
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            string[] left = again.Names("run");
            var checkpoints = left.Where(name => name.StartsWith("checkpoint-", StringComparison.Ordinal)).ToArray();
            foreach (var name in checkpoints) Sizes(Path.Combine(path, name)).ShouldBe(Sizes(folder.Full($"run/{name}")), $"{name} after kill {kill}");
            foreach (var name in kept) checkpoints.ShouldContain(name, $"kill {kill}");
            if (left.Any(name => name.StartsWith(".podium-trash-", StringComparison.Ordinal))) midway++;

            (await PodiumProcess.RunAsync("prune", path, "--apply")).ShouldExitWith(0);
            again.Names("run").ShouldBe(kept, ignoreOrder: true);
        }

        whole.Count.ShouldBe(Checkpoints * (FilesOfACheckpoint + 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{midway} of {kills} kills landed within a deletion");
        midway.ShouldBeGreaterThan(kills / 10);
    }

    /// <summary>Many checkpoints of many files each, so that a deletion takes its time.</summary>
    private static PrunedRun Many()
    {
        var folder = new PrunedRun().Run("run", [.. Enumerable.Range(1, Checkpoints).Select(i => 1 + Math.Abs(30 - i) / 10.0)]);
        for (var step = 10; step <= 10 * Checkpoints; step += 10)
            for (var file = 0; file < FilesOfACheckpoint; file++)
                folder.File($"run/checkpoint-{step}/part-{file}", new byte[step + file]);

        return folder;
    }

    private static SortedDictionary<string, long> Sizes(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), file => new FileInfo(file).Length),
        StringComparer.Ordinal);

    private static Process Start(string folder) => Process.Start(new ProcessStartInfo(PodiumProcess.Executable, ["prune", folder, "--apply"])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
