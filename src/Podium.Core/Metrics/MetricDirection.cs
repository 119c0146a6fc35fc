namespace Podium.Metrics;

/// <summary>Which way a metric gets better.</summary>
public enum MetricDirection
{
    /// <summary>Lower is better, as with a loss.</summary>
    Minimize,

    /// <summary>Higher is better, as with an accuracy.</summary>
    Maximize,
}
