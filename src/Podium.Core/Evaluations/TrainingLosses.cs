using Podium.Histories;

namespace Podium.Evaluations;

/// <summary>The training losses of a run by step, and their means over stretches of it.</summary>
/// <remarks>
/// Each loss weighs the steps since the training entry logged before it, at least one. A run logs in the order of its steps:
/// then the history's own column is that order, and nothing is copied. Where a log goes back, the losses are kept here, each in
/// its place.
/// </remarks>
internal sealed class TrainingLosses
{
    private TrainingHistory _history = TrainingHistory.Empty;
    private MetricColumn? _column;
    private List<Loss>? _sorted;
    private long _lastLogged;
    private int _count;

    /// <summary>Takes the history that is read on; it begins with the one before.</summary>
    public void Follow(TrainingHistory history, MetricColumn? column) => (_history, _column) = (history, column);

    /// <summary>Takes in the next loss of the history's column.</summary>
    /// <param name="place">Its place in the column.</param>
    /// <param name="step">Its step.</param>
    /// <param name="loss">The loss.</param>
    public void Add(int place, long step, double loss)
    {
        // An entry without a step has a place in the column and none here.
        var isNext = place == _count && (_count == 0 || _lastLogged <= step);
        if (_sorted is null && !isNext) _sorted = [.. Enumerable.Range(0, _count).Select(At)];
        if (_sorted is not null)
        {
            var entry = new Loss(step, loss, Weight(step, _lastLogged));
            if (_sorted.Count == 0 || _sorted[^1].Step <= step) _sorted.Add(entry);
            else _sorted.Insert(CountUpTo(step), entry);
        }

        _count++;
        _lastLogged = step;
    }

    /// <summary>
    /// T of an evaluation: the weighted mean of the finite losses in (<paramref name="after"/>, <paramref name="upTo"/>];
    /// where there is none, the last finite loss at or before <paramref name="upTo"/>.
    /// </summary>
    public double? Mean(long after, long upTo)
    {
        double sum = 0, weights = 0;
        double? last = null;
        for (var i = CountUpTo(upTo) - 1; i >= 0; i--)
        {
            var (step, loss, weight) = _sorted is null ? At(i) : _sorted[i];
            if (step <= after && (weights > 0 || last is not null)) break;
            if (!double.IsFinite(loss)) continue;
            if (step <= after)
            {
                last = loss;
                break;
            }

            sum += weight * loss;
            weights += weight;
        }

        return weights > 0 ? sum / weights : last;
    }

    private static double Weight(long step, long before) => Math.Max((double)step - before, 1);

    private Loss At(int place)
    {
        var step = StepAt(place);
        return new Loss(step, _column!.Values[place], Weight(step, place == 0 ? 0 : StepAt(place - 1)));
    }

    private long StepAt(int place) => _history.Steps[_column!.Entries[place]];

    private int CountUpTo(long step)
    {
        int low = 0, high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if ((_sorted is null ? StepAt(middle) : _sorted[middle].Step) <= step) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private readonly record struct Loss(long Step, double Value, double Weight);
}
