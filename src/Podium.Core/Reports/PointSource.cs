namespace Podium.Reports;

/// <summary>By which way a point came, the most trusted first.</summary>
/// <remarks>
/// Where one point comes by several ways, the value of the most trusted one stands, whichever came first; a less trusted one
/// only fills gaps. The numbers are stored: they never change.
/// </remarks>
public enum PointSource
{
    /// <summary>A <c>trainer_state.json</c>.</summary>
    StateFile = 0,

    /// <summary>A report in Podium's own protocol.</summary>
    Report = 1,

    /// <summary>The MLflow tracking protocol.</summary>
    MLflow = 2,

    /// <summary>A TensorBoard event file, or another log that a trainer writes beside its checkpoints.</summary>
    EventFile = 3,

    /// <summary>A line that the trainer printed.</summary>
    Console = 4,
}
