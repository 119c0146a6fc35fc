namespace Podium.Analysis;

/// <summary>How far a run is and how long it will still take.</summary>
/// <param name="Percent">0 to 100.</param>
/// <param name="Remaining">The time that is left; null while it cannot be said.</param>
/// <param name="SecondsPerStep">The usual time of one step, without pauses; null while it cannot be said.</param>
public readonly record struct ProgressEstimate(double Percent, TimeSpan? Remaining, double? SecondsPerStep);

/// <summary>Estimates a run's remaining time from when its steps were seen.</summary>
/// <remarks>
/// The time of a step is the median over the last stretches between observations, so that an evaluation, a save or a
/// slow moment does not move it. What such pauses take is spread over the steps in which they occurred, and counted for
/// the steps to come. A break (a resume, a machine that slept) is longer than any pause could be: it is left out, and a step that goes
/// back begins a new stretch. Needs no clock: it is told the times. Not safe for use by several threads at once.
/// </remarks>
public sealed class ProgressEstimator
{
    private const int Window = 200;
    private const double PauseFactor = 3;
    private const double BreakFactor = 20;

    private readonly Queue<(double Steps, double Seconds)> _stretches = new();
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
            if (step == last.Step && time >= last.Time) return;
            var seconds = (time - last.Time).TotalSeconds;
            if (step > last.Step && seconds >= 0)
            {
                _stretches.Enqueue((step - last.Step, seconds));
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
        if (left == 0) return new ProgressEstimate(percent, TimeSpan.Zero, UsualStep());
        if (UsualStep() is not { } usual) return new ProgressEstimate(percent, null, null);

        var seconds = left * (usual + PausePerStep(usual));
        return new ProgressEstimate(percent, seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null, usual);
    }

    private double? UsualStep()
    {
        if (_stretches.Count == 0) return null;
        double[] rates = [.. _stretches.Select(stretch => stretch.Seconds / stretch.Steps)];
        Array.Sort(rates);
        return rates[(rates.Length - 1) / 2];
    }

    /// <summary>What pauses add to a step on average. Pauses are like each other; what is many times their median is a break.</summary>
    private double PausePerStep(double usual)
    {
        double steps = 0;
        List<double> pauses = [];
        foreach (var stretch in _stretches)
        {
            steps += stretch.Steps;
            if (stretch.Seconds > usual * stretch.Steps * PauseFactor) pauses.Add(stretch.Seconds - usual * stretch.Steps);
        }

        if (pauses.Count == 0) return 0;
        pauses.Sort();
        var typical = pauses[(pauses.Count - 1) / 2];
        // A single long pause cannot be told from a break: a first evaluation counts once there has been a second.
        return pauses.Count == 1 ? 0 : pauses.Where(pause => pause <= typical * BreakFactor).Sum() / steps;
    }
}
