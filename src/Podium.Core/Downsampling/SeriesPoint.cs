namespace Podium.Downsampling;

/// <summary>A point of a series.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Value">Its value; NaN and infinities leave a gap in a line.</param>
public readonly record struct SeriesPoint(long Step, double Value);
