namespace Podium.Evaluations;

/// <summary>The training losses of a run by step, and their means over stretches of it.</summary>
/// <remarks>
/// Each loss weighs the steps since the training entry logged before it, at least one. A run logs in the order of its
/// steps, so that adding is appending; where a log goes back, the loss is put in its place.
/// </remarks>
internal sealed class TrainingLosses
{
    private readonly List<(long Step, double Loss, double Weight)> _losses = [];
    private long _lastLogged;

    public void Add(long step, double loss)
    {
        var entry = (step, loss, Math.Max((double)step - _lastLogged, 1));
        _lastLogged = step;
        if (_losses.Count == 0 || _losses[^1].Step <= step) _losses.Add(entry);
        else _losses.Insert(CountUpTo(step), entry);
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
            var (step, loss, weight) = _losses[i];
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

    private int CountUpTo(long step)
    {
        int low = 0, high = _losses.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_losses[middle].Step <= step) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
