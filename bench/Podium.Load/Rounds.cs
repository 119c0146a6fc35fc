using Podium.Load.Client;

namespace Podium.Load;

/// <summary>Repeats what is measured, after one round that does not count.</summary>
internal static class Rounds
{
    /// <summary>Two in turn, so that both see the same machine; the second of each pair is divided by the first.</summary>
    public static async Task<(double Yardstick, Throughput Ours, double Ratio)> SideBySideAsync(LoadOptions options, Func<Task<double>> yardstick, Func<Task<Throughput>> ours)
    {
        List<(double Yardstick, Throughput Ours)> all = [];
        for (var round = -1; round < options.Rounds; round++)
        {
            var (first, second) = (await yardstick(), await ours());
            if (round >= 0) all.Add((first, second));
        }

        return (Median(all, one => one.Yardstick), Middle(all.ConvertAll(one => one.Ours)), Median(all, one => one.Ours.PerSecond / one.Yardstick));
    }

    /// <summary>One alone.</summary>
    public static async Task<Throughput> AloneAsync(LoadOptions options, Func<Task<Throughput>> ours)
    {
        List<Throughput> all = [];
        for (var round = -1; round < options.Rounds; round++)
        {
            var one = await ours();
            if (round >= 0) all.Add(one);
        }

        return Middle(all);
    }

    public static double Median<T>(IEnumerable<T> all, Func<T, double> of)
    {
        double[] sorted = [.. all.Select(of).Order()];
        return sorted[sorted.Length / 2];
    }

    private static Throughput Middle(List<Throughput> all) => new(Median(all, one => one.PerSecond), Median(all, one => one.Median), Median(all, one => one.Slow));
}
