namespace Podium.Analysis;

/// <summary>How far a run is and how long it will still take.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Remaining">The time that is left; null while it cannot be said.</param>
/// <param name="SecondsPerStep">The usual time of one step, without pauses; null while it cannot be said.</param>
public readonly record struct ProgressEstimate(double Percent, TimeSpan? Remaining, double? SecondsPerStep);

/// <summary>Estimates a run's remaining time from when its steps were seen.</summary>
/// <remarks>
/// What is left takes as long a step as the last stretches did on average: so evaluations and saves count by how often they
/// come, and a single one moves little. A stretch many times longer than usual of which there are not three alike is
/// a break (a resume, a machine that slept) and is left out; so is a step that goes back. Needs no clock: it is told the
/// times. Not safe for use by several threads at once.
/// </remarks>
public sealed class ProgressEstimator
{
    private const int Window = 1000;
    private const double BreakFactor = 20;
    private const double AlikeFactor = 4;
    private const int AlikeCount = 3;

    private readonly Queue<Stretch> _stretches = new();
    private (long Step, DateTimeOffset Time)? _last;

    /// <summary>The last step that was seen.</summary>
    public long? Step => _last?.Step;

    /// <summary>Takes in that a step had been reached at a time.</summary>
    /// <param name="step">The step.</param>
    /// <param name="time">When; a time before the last one is taken as a clock that was set back, and begins anew.</param>
    public void Observe(long step, DateTimeOffset time)
    {
        if (_last is { } last)
        {
            // Several entries of one step: the time until the next one counts from the first.
            if (step == last.Step && time >= last.Time) return;
            if (step > last.Step && time >= last.Time)
            {
                _stretches.Enqueue(new Stretch(step - last.Step, (time - last.Time).TotalSeconds));
                if (_stretches.Count > Window) _stretches.Dequeue();
            }
        }

        _last = (step, time);
    }

    /// <summary>The estimate for a run of a given length.</summary>
    /// <param name="totalSteps">How many steps the run will have (<c>max_steps</c>).</param>
    public ProgressEstimate Estimate(long totalSteps)
    {
        if (_last is not { } last || totalSteps <= 0) return new ProgressEstimate(0, null, null);
        var percent = Math.Clamp(100.0 * last.Step / totalSteps, 0, 100);
        var left = Math.Max(0, totalSteps - last.Step);
        var usual = UsualSecondsPerStep();
        if (left == 0) return new ProgressEstimate(percent, TimeSpan.Zero, usual);

        // Steps that were all seen at one instant, as in a file read at once, tell nothing of time.
        var seconds = usual is { } median ? left * MeanSecondsPerStep(median) : 0;
        return new ProgressEstimate(
            percent,
            seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null,
            seconds > 0 ? usual : null);
    }

    private double? UsualSecondsPerStep()
    {
        if (_stretches.Count == 0) return null;
        double[] rates = [.. _stretches.Select(stretch => stretch.Seconds / stretch.Steps)];
        Array.Sort(rates);
        return rates[(rates.Length - 1) / 2];
    }

    private double MeanSecondsPerStep(double usual)
    {
        double steps = 0, seconds = 0;
        List<Stretch> longOnes = [];
        foreach (var stretch in _stretches)
        {
            steps += stretch.Steps;
            if (stretch.Seconds > BreakFactor * usual * stretch.Steps) longOnes.Add(stretch);
            else seconds += stretch.Seconds;
        }

        foreach (var stretch in longOnes)
        {
            var alike = longOnes.Count(other => other.Seconds <= stretch.Seconds * AlikeFactor && stretch.Seconds <= other.Seconds * AlikeFactor);
            seconds += alike >= AlikeCount ? stretch.Seconds : usual * stretch.Steps;
        }

        return seconds / steps;
    }

    private readonly record struct Stretch(double Steps, double Seconds);
}
