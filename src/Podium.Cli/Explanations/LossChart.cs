using System.Text;
using Podium.Cli.Output;
using Podium.Evaluations;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Cli.Explanations;

/// <summary>Draws the losses of a run in the terminal, each cell of two by four dots, with the chosen checkpoint marked.</summary>
internal sealed class LossChart
{
    private const int Height = 12;
    private const int AxisWidth = 9;
    private const string Legend = "⣀⣀ eval_loss  ⠤⠤ loss  ★   ┴ checkpoint";

    private readonly int _width;
    private readonly byte[,] _train;
    private readonly byte[,] _eval;

    private LossChart(int width)
    {
        _width = width;
        _train = new byte[Height, width];
        _eval = new byte[Height, width];
    }

    /// <summary>Draws a run; nothing where there is too little to draw.</summary>
    public static void Write(Screen console, RunRanking run, RankedCheckpoint chosen)
    {
        var train = Points(run.Run.History.Find(MetricKeys.Loss), run.Run.History);
        var eval = EvaluationTimeline.From(run.Run.History, run.EvalLossKey ?? MetricKeys.EvalLoss).Evaluations.Where(evaluation => evaluation.IsFinite)
            .Select(evaluation => (evaluation.Step, Loss: evaluation.Value)).OrderBy(point => point.Step).ToArray();
        (long Step, double Loss)[] all = [.. train, .. eval];
        if (eval.Length < 2 || all.Length < 3) return;

        var (lowest, highest) = Range([.. all.Select(point => point.Loss)]);
        var (first, last) = (all.Min(point => point.Step), all.Max(point => point.Step));
        if (!(highest > lowest) || last <= first) return;

        var chart = new LossChart(Math.Clamp(console.Width - AxisWidth - 2, 20, 100));
        var scale = new Scale(first, last, lowest, highest);
        chart.Plot(chart._train, train, scale);
        chart.Plot(chart._eval, eval, scale);
        chart.Print(console, scale, chosen, run);
    }

    private static (long Step, double Loss)[] Points(MetricColumn? column, TrainingHistory history)
    {
        List<(long, double)> points = [];
        for (var i = 0; column is not null && i < column.Count; i++)
            if (history.Steps[column.Entries[i]] is not TrainingHistory.NoStep and var step && double.IsFinite(column.Values[i]))
                points.Add((step, column.Values[i]));

        return [.. points.OrderBy(point => point.Item1)];
    }

    /// <summary>A first loss far above the others would press the rest flat: the highest 2 % may leave the picture.</summary>
    private static (double Lowest, double Highest) Range(double[] losses)
    {
        Array.Sort(losses);
        return (losses[0], losses[Math.Max(0, (int)Math.Ceiling(losses.Length * 0.98) - 1)]);
    }

    private void Plot(byte[,] cells, (long Step, double Loss)[] points, Scale scale)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var (x, y) = Dot(points[i], scale);
            Set(cells, x, y);
            if (i == 0) continue;
            // A straight line to the point before, dot by dot.
            var (fromX, fromY) = Dot(points[i - 1], scale);
            var dots = Math.Max(Math.Abs(x - fromX), Math.Abs(y - fromY));
            for (var dot = 1; dot < dots; dot++) Set(cells, fromX + (x - fromX) * dot / dots, fromY + (y - fromY) * dot / dots);
        }
    }

    private (int X, int Y) Dot((long Step, double Loss) point, Scale scale)
    {
        var across = (double)(point.Step - scale.First) / (scale.Last - scale.First);
        var up = Math.Clamp((point.Loss - scale.Lowest) / (scale.Highest - scale.Lowest), 0, 1);
        return ((int)Math.Round(across * (_width * 2 - 1)), (int)Math.Round((1 - up) * (Height * 4 - 1)));
    }

    private static void Set(byte[,] cells, int x, int y)
    {
        // The dots of a braille character are numbered down its left column, then its right one; the lowest two come last.
        var bit = (x % 2, y % 4) switch { (0, 3) => 6, (1, 3) => 7, (0, var row) => row, (_, var row) => 3 + row };
        cells[y / 4, x / 2] |= (byte)(1 << bit);
    }

    private void Print(Screen console, Scale scale, RankedCheckpoint chosen, RunRanking run)
    {
        var mark = (int)Math.Round((double)(Math.Clamp(chosen.Checkpoint.Step, scale.First, scale.Last) - scale.First) / (scale.Last - scale.First) * (_width - 1));
        for (var row = 0; row < Height; row++)
        {
            var label = row switch
            {
                0 => Numbers.Format(scale.Highest, "0.###"),
                Height - 1 => Numbers.Format(scale.Lowest, "0.###"),
                Height / 2 => Numbers.Format((scale.Highest + scale.Lowest) / 2, "0.###"),
                _ => "",
            };
            console.Write($"{label.PadLeft(AxisWidth - 2)} │", Ink.Quiet);
            for (var column = 0; column < _width; column++) PrintCell(console, row, column, mark);
            console.WriteLine();
        }

        console.Write($"{new string(' ', AxisWidth - 1)}└{Axis(run, scale, mark)}", Ink.Quiet);
        console.WriteLine();
        var (left, right) = ($"step {scale.First}", $"{scale.Last}");
        console.Write($"{new string(' ', AxisWidth)}{left}{right.PadLeft(Math.Max(right.Length + 1, _width - left.Length))}", Ink.Quiet);
        console.WriteLine();
        console.Write(new string(' ', AxisWidth));
        console.Write("⣀⣀ eval_loss  ", Ink.EvalLoss);
        console.Write("⠤⠤ loss  ", Ink.TrainLoss);
        var (name, room) = (chosen.Checkpoint.Path, Math.Max(8, console.Width - AxisWidth - Legend.IndexOf('★') - 2));
        console.Write($"★ {(name.Length <= room ? name : $"…{name[^(room - 1)..]}")}", Ink.Best);
        if (AxisWidth + Legend.Length + chosen.Checkpoint.Path.Length <= console.Width) console.Write(Legend[^14..], Ink.Quiet);
        console.WriteLine();
        console.WriteLine();
    }

    private void PrintCell(Screen console, int row, int column, int mark)
    {
        var (eval, train) = (_eval[row, column], _train[row, column]);
        if (eval == 0 && train == 0) console.Write(column == mark ? "┊" : " ", Ink.Best);
        else console.Write(((char)(0x2800 + (eval | train))).ToString(), eval != 0 ? Ink.EvalLoss : Ink.TrainLoss);
    }

    private string Axis(RunRanking run, Scale scale, int mark)
    {
        var axis = new StringBuilder(new string('─', _width));
        foreach (var ranked in run.Checkpoints)
        {
            var step = ranked.Checkpoint.Step;
            if (step >= scale.First && step <= scale.Last) axis[(int)Math.Round((double)(step - scale.First) / (scale.Last - scale.First) * (_width - 1))] = '┴';
        }

        axis[mark] = '★';
        return axis.ToString();
    }

    private readonly record struct Scale(long First, long Last, double Lowest, double Highest);
}
