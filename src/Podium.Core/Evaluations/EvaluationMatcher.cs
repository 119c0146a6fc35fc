namespace Podium.Evaluations;

/// <summary>Finds the evaluation that speaks for a checkpoint: the one at its own step, else the nearest one near enough.</summary>
/// <remarks>
/// Near enough is no further away than the median of the positive distances between evaluations (with one evaluation
/// only: its step). Equally near: the lower step.
/// </remarks>
public sealed class EvaluationMatcher
{
    private readonly Evaluation[] _byStep;
    private readonly double _reach;

    /// <summary>Prepares the matching for a run.</summary>
    /// <param name="timeline">The run's evaluations.</param>
    public EvaluationMatcher(EvaluationTimeline timeline)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        _byStep = [.. timeline.Evaluations];
        Array.Sort(_byStep, (a, b) => a.Step.CompareTo(b.Step));
        _reach = _byStep.Length == 1 ? _byStep[0].Step : MedianDistance(_byStep);
    }

    /// <summary>The evaluation of the checkpoint at a step; null where none is near enough.</summary>
    /// <param name="step">The checkpoint's step.</param>
    public Evaluation? Find(long step)
    {
        var above = LowerBound(step);
        if (above < _byStep.Length && _byStep[above].Step == step) return _byStep[above];

        Evaluation? nearest = null;
        var distance = _reach;
        if (above < _byStep.Length && Distance(above, step) <= distance)
        {
            nearest = _byStep[above];
            distance = Distance(above, step);
        }

        if (above > 0 && Distance(above - 1, step) <= distance) nearest = _byStep[above - 1];
        return nearest;
    }

    private double Distance(int index, long step) => Math.Abs((double)_byStep[index].Step - step);

    private int LowerBound(long step)
    {
        int low = 0, high = _byStep.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_byStep[middle].Step < step) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static double MedianDistance(Evaluation[] byStep)
    {
        if (byStep.Length < 2) return 0;
        var distances = new double[byStep.Length - 1];
        double shortest = double.PositiveInfinity, longest = 0;
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = (double)byStep[i + 1].Step - byStep[i].Step;
            shortest = Math.Min(shortest, distances[i]);
            longest = Math.Max(longest, distances[i]);
        }

        // Most runs evaluate at a steady pace: then there is nothing to sort.
        if (shortest == longest) return longest;
        Array.Sort(distances);
        var middle = distances.Length / 2;
        return distances.Length % 2 == 1 ? distances[middle] : (distances[middle - 1] + distances[middle]) / 2;
    }
}
