using System.Diagnostics;

namespace Podium.Cli.Tests.Watching;

[Trait("Category", "Slow")]
public sealed class KilledKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Keep_KilledAtAnyMoment_NeverLeavesAKeptOneThatIsNotWhole()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("needs kill(1)");
        // Large enough that a copy takes some time, in several files so that it can be broken off between them.
        var run = new WatchedRun(Path.Combine(_folder.Path, "run")) { Numbers = 2_000_000, Files = 6 };
        run.Save(10, 1).Save(20, 2);
        var kept = Path.Combine(run.Path, ".podium", "kept");
        var random = new Random(20261122);
        var broken = 0;
        for (var i = 0; i < 12; i++)
        {
            if (Directory.Exists(kept)) foreach (var one in Directory.EnumerateDirectories(kept, "checkpoint-*")) Directory.Delete(one, recursive: true);
            using (var watch = WatchProcess.Start(run.Path, "--keep-best", "2"))
            {
                await watch.UntilAsync(() => Directory.Exists(kept) && Directory.EnumerateDirectories(kept).Any(path => path.Contains(".incoming-")), "the first copy to begin");
                var wait = TimeSpan.FromMilliseconds(random.NextDouble() * 60);
                for (var clock = Stopwatch.StartNew(); clock.Elapsed < wait;) await Task.Yield();
                await watch.SignalAsync("KILL");
                await watch.EndAsync();
            }

            var left = run.Kept();
            if (left.Any(name => name.StartsWith(".incoming-", StringComparison.Ordinal))) broken++;
            foreach (var name in left.Where(name => name.StartsWith("checkpoint-", StringComparison.Ordinal))) ShouldBeWhole(Path.Combine(run.Path, name), Path.Combine(kept, name));
        }

        broken.ShouldBeGreaterThan(0, "none was killed in the middle of a copy, so that nothing was shown");
        // The next one clears up, and keeps both.
        (await PodiumProcess.RunAsync("watch", run.Path, "--keep-best", "2", "--once")).ShouldExitWith(0);
        run.Kept().ShouldBe(["checkpoint-10", "checkpoint-20"]);
    }

    private static void ShouldBeWhole(string source, string copy)
    {
        string[] expected = [.. Directory.EnumerateFiles(source).Select(path => Path.GetFileName(path)).Where(name => name != "optimizer.pt").Order(StringComparer.Ordinal)];
        Directory.EnumerateFiles(copy).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ShouldBe(expected);
        foreach (var name in expected) File.ReadAllBytes(Path.Combine(copy, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(source, name))).ShouldBeTrue(name);
    }
}
