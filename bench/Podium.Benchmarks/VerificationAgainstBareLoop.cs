using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Podium.Checkpoints.RunFolders;
using Podium.Ranking;

namespace Podium.Benchmarks;

/// <summary>Verifying a folder of checkpoints by their headers, beside a bare loop that opens each weight file and reads its header.</summary>
/// <remarks>Use a folder without state files: with them, their reading would be measured too.</remarks>
internal static class VerificationAgainstBareLoop
{
    private const int Rounds = 31;

    public static int Run(string directory)
    {
        double[] ours = new double[Rounds], bare = new double[Rounds], ratios = new double[Rounds];
        for (var round = -5; round < Rounds; round++)
        {
            var loop = Time(() => BareLoop(directory));
            var podium = Time(() => RunFolderReader.Read(directory).Verifications.Values.All(verified => verified.State == CheckpointState.Complete));
            if (round < 0) continue;
            (ours[round], bare[round], ratios[round]) = (podium, loop, podium / loop);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(directory)} | {Median(bare):0.00} | {Median(ours):0.00} | {Median(ratios):0.00} |"));
        return 0;
    }

    private static double Time(Func<bool> work)
    {
        var start = Stopwatch.GetTimestamp();
        if (!work()) throw new InvalidOperationException("a checkpoint is not whole, or nothing was read");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static bool BareLoop(string directory)
    {
        var buffer = new byte[1 << 20];
        var sum = 0L;
        foreach (var folder in Directory.EnumerateDirectories(directory))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.safetensors"))
            {
                using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                RandomAccess.Read(file, buffer.AsSpan(0, sizeof(long)), 0);
                sum += RandomAccess.Read(file, buffer.AsSpan(0, (int)BinaryPrimitives.ReadInt64LittleEndian(buffer)), sizeof(long));
            }
        }

        return sum > 0;
    }

    private static double Median(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
