using System.Text;
using Podium.Downsampling;
using Podium.Server.Metrics;
using Podium.Server.Pages.Words;

namespace Podium.Server.Pages.JobList;

/// <summary>The losses of a job as lines in a picture of a word's size, 100 wide and 24 high.</summary>
/// <param name="Train">The points of the training loss's line; empty where there are fewer than two.</param>
/// <param name="Eval">The points of the evaluation loss's line.</param>
/// <param name="Words">What the picture shows, for those who do not see it.</param>
public sealed record LossLines(string Train, string Eval, string Words)
{
    private const double Width = 100;
    private const double Height = 24;
    private const double Edge = 1.5;

    /// <summary>Draws them, both in the same scale.</summary>
    internal static LossLines Of(Sparkline line)
    {
        SeriesPoint[] all = [.. line.Loss.Concat(line.EvalLoss).Where(point => double.IsFinite(point.Value))];
        if (all.Length == 0) return new LossLines("", "", "no losses yet");
        var (first, last) = (all.Min(point => point.Step), all.Max(point => point.Step));
        var (lowest, highest) = (all.Min(point => point.Value), all.Max(point => point.Value));
        return new LossLines(Points(line.Loss), Points(line.EvalLoss), Said(line.EvalLoss.Count > 0 ? "evaluation loss" : "training loss", line.EvalLoss.Count > 0 ? line.EvalLoss : line.Loss));

        string Points(IReadOnlyList<SeriesPoint> points)
        {
            if (points.Count < 2 || first == last) return "";
            var text = new StringBuilder();
            foreach (var point in points)
            {
                if (!double.IsFinite(point.Value)) continue;
                var x = (double)(point.Step - first) / (last - first) * Width;
                // Halves, for the whole may be too large for a number.
                var y = highest > lowest ? Edge + (highest / 2 - point.Value / 2) / (highest / 2 - lowest / 2) * (Height - 2 * Edge) : Height / 2;
                text.Append(x.ToString("0.#")).Append(',').Append(y.ToString("0.#")).Append(' ');
            }

            return text.ToString();
        }
    }

    private static string Said(string name, IReadOnlyList<SeriesPoint> points) =>
        points.Count == 1 ? $"{name} {Figures.Loss(points[0].Value)}" : $"{name} from {Figures.Loss(points[0].Value)} to {Figures.Loss(points[^1].Value)}";
}
