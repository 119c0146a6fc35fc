using Podium.Histories;

namespace Podium.Checkpoints.EventFiles;

/// <summary>What event files say about a run.</summary>
/// <param name="History">
/// The scalars, one entry for each group that was written together: training and evaluation points of one step stand in
/// entries of their own, in the order in which they were written. Values are floats, as TensorBoard keeps them.
/// </param>
/// <param name="WallTimes">When each entry of the history was written, in seconds since 1970 UTC (its first point).</param>
/// <param name="Files">The files that were read, in the order in which they were read.</param>
/// <param name="EndsHalfWritten">
/// Whether the last file read ends inside a record, as it does while a run lives. What stands before counts; it is no fault.
/// </param>
/// <param name="Faults">
/// What could not be read, at most one for each file: what stood before it counts. <see cref="ReadFault.Offset"/> is that
/// of the record, in bytes.
/// </param>
public sealed record EventReading(
    TrainingHistory History,
    IReadOnlyList<double> WallTimes,
    IReadOnlyList<string> Files,
    bool EndsHalfWritten,
    IReadOnlyList<ReadFault> Faults);
