using Podium.Evaluations;
using Podium.Histories;

namespace Podium.Analysis;

/// <summary>Where a run's loss is going.</summary>
public enum LossTrend
{
    /// <summary>There are fewer than three finite losses.</summary>
    InsufficientData,

    /// <summary>It falls by more than 0.5 % an evaluation.</summary>
    Improving,

    /// <summary>It changes by at most 0.5 % an evaluation.</summary>
    Stable,

    /// <summary>It rises by more than 0.5 % an evaluation.</summary>
    Degrading,
}

/// <summary>Works out the trend of a run's loss.</summary>
public static class LossTrends
{
    private const int Points = 5;
    private const int TrainingEntries = 20;
    private const double Threshold = 0.005;

    /// <summary>
    /// The least-squares slope of the last five evaluation losses divided by their mean, per evaluation; without
    /// evaluations, that of the last twenty training losses in five means.
    /// </summary>
    /// <param name="history">The run's history.</param>
    /// <param name="evalLoss">Which metric is the evaluation loss.</param>
    public static LossTrend Of(TrainingHistory history, string evalLoss = MetricKeys.EvalLoss)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Of(history, EvaluationTimeline.From(history, evalLoss).Evaluations);
    }

    /// <summary>The same, where the evaluations are known already.</summary>
    /// <param name="history">The run's history.</param>
    /// <param name="evaluations">Its evaluations.</param>
    public static LossTrend Of(TrainingHistory history, IReadOnlyList<Evaluation> evaluations)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(evaluations);
        return Of(Basis(history, evaluations).Losses);
    }

    /// <summary>The trend of a few losses, the oldest first.</summary>
    /// <param name="losses">Finite losses, equally far apart.</param>
    public static LossTrend Of(ReadOnlySpan<double> losses) => Slope(losses) switch
    {
        null => LossTrend.InsufficientData,
        < -Threshold => LossTrend.Improving,
        > Threshold => LossTrend.Degrading,
        _ => LossTrend.Stable,
    };

    /// <summary>By what share of their mean a few losses change from each to the next; null for fewer than three.</summary>
    /// <param name="losses">Finite losses, equally far apart, the oldest first.</param>
    public static double? Slope(ReadOnlySpan<double> losses)
    {
        if (losses.Length < 3) return null;

        var middle = (losses.Length - 1) / 2.0;
        double mean = 0, product = 0, square = 0;
        foreach (var loss in losses) mean += loss / losses.Length;
        for (var i = 0; i < losses.Length; i++)
        {
            product += (i - middle) * (losses[i] - mean);
            square += (i - middle) * (i - middle);
        }

        // Against the size of the mean: a loss below zero still degrades when it rises.
        return product / square / Math.Abs(mean);
    }

    /// <summary>The trend as the API spells it, e.g. <c>insufficient_data</c>.</summary>
    /// <param name="trend">The trend.</param>
    public static string Spelling(this LossTrend trend) => trend switch
    {
        LossTrend.Improving => "improving",
        LossTrend.Stable => "stable",
        LossTrend.Degrading => "degrading",
        _ => "insufficient_data",
    };

    /// <summary>What a trend is worked out from: the last evaluation losses, else means of the last training losses.</summary>
    /// <returns>The losses, and how many training entries they stand for; 0: they are evaluations.</returns>
    internal static (double[] Losses, int TrainingEntries) Basis(TrainingHistory history, IReadOnlyList<Evaluation> evaluations)
    {
        if (evaluations.Count > 0) return ([.. evaluations.Where(evaluation => evaluation.IsFinite).TakeLast(Points).Select(evaluation => evaluation.Value)], 0);
        var last = LastTrainingLosses(history);
        return (Means(last), last.Length);
    }

    private static double[] LastTrainingLosses(TrainingHistory history)
    {
        if (history.Find(MetricKeys.Loss) is not { } column) return [];
        List<double> last = [];
        for (var i = column.Count - 1; i >= 0 && last.Count < TrainingEntries; i--)
            if (history.Steps[column.Entries[i]] != TrainingHistory.NoStep && double.IsFinite(column.Values[i]))
                last.Add(column.Values[i]);

        last.Reverse();
        return [.. last];
    }

    /// <summary>Five means of about equal stretches; fewer losses than that stay as they are.</summary>
    private static double[] Means(double[] losses)
    {
        if (losses.Length <= Points) return losses;
        var means = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            var from = i * losses.Length / Points;
            var to = (i + 1) * losses.Length / Points;
            means[i] = losses[from..to].Average();
        }

        return means;
    }
}
