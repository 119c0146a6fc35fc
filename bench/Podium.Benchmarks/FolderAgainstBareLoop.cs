using System.Diagnostics;
using System.Globalization;
using Podium.Checkpoints.RunFolders;

namespace Podium.Benchmarks;

/// <summary>Reading and ranking a folder inside a running process, beside a bare loop that opens the same files and reads their heads, their tails and the one history.</summary>
internal static class FolderAgainstBareLoop
{
    private const int Rounds = 31;
    private const int Head = 1024;
    private const int Tail = 1536;

    public static int Run(string directory)
    {
        double[] ours = new double[Rounds], bare = new double[Rounds], ratios = new double[Rounds];
        for (var round = -5; round < Rounds; round++)
        {
            var loop = Time(() => BareLoop(directory));
            var podium = Time(() => FolderRanking.Of(RunFolderReader.Read(directory)).Recommended is not null);
            if (round < 0) continue;
            (ours[round], bare[round], ratios[round]) = (podium, loop, podium / loop);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(directory)} | {Median(bare):0.00} | {Median(ours):0.00} | {Median(ratios):0.00} |"));
        return 0;
    }

    private static double Time(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (!work()) throw new InvalidOperationException("nothing was read");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static bool BareLoop(string directory)
    {
        var buffer = new byte[Head + Tail];
        string? longest = null;
        long most = 0, sum = 0;
        foreach (var folder in Directory.EnumerateDirectories(directory))
        {
            var path = Path.Combine(folder, "trainer_state.json");
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            sum += RandomAccess.Read(file, buffer.AsSpan(0, Head), 0);
            sum += RandomAccess.Read(file, buffer.AsSpan(Head), Math.Max(0, length - Tail));
            if (length > most) (most, longest) = (length, path);
        }

        return longest is not null && sum > 0 && File.ReadAllBytes(longest).Length == most;
    }

    private static double Median(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
