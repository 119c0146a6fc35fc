using Podium.Checkpoints.Following;

namespace Podium.Cli.Watching;

/// <summary>The course of a loss in one line of blocks.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws losses, each block the mean of a stretch of them; nothing where there are fewer than two.</summary>
    public static string Of(IReadOnlyList<StepLoss> losses, int width)
    {
        if (losses.Count < 2) return "";
        var count = Math.Min(width, losses.Count);
        var means = new double[count];
        for (var i = 0; i < count; i++)
        {
            var (from, to) = (i * losses.Count / count, (i + 1) * losses.Count / count);
            for (var j = from; j < to; j++) means[i] += losses[j].Loss / (to - from);
        }

        var (lowest, highest) = (means.Min(), means.Max());
        return string.Concat(means.Select(mean => highest > lowest ? Blocks[(int)((mean - lowest) / (highest - lowest) * (Blocks.Length - 1))] : Blocks[0]));
    }
}
